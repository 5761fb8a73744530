"""How many generated sentences are read back as they were written, by phenomenon: weak ones become visible.

``python benchmarks/generator_rate.py [examples per phenomenon] [--show N] [word in the phenomenon's name]``
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))


def main() -> int:
    from generate.phenomena import KNOWN_GAPS, PHENOMENA, faults

    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("count", nargs="?", type=int, default=200)
    ask.add_argument("--show", type=int, default=0, help="failures to show of each phenomenon")
    ask.add_argument("--only", default="", help="a word of the phenomenon's name")
    given = ask.parse_args()
    passed = total = 0
    for name, write in PHENOMENA.items():
        if given.only not in name:
            continue
        good, bad = 0, []
        for seed in range(given.count):
            example = write(Random(f"{name} {seed}"))
            found = faults(example)
            if found:
                bad.append((example.text, found))
            else:
                good += 1
        passed += good
        total += given.count
        note = f"  known gap: {KNOWN_GAPS[name][1]}" if name in KNOWN_GAPS else ""
        print(f"{name:32} {good:6} of {given.count:6}  {100 * good / given.count:6.2f}%{note}")
        for text, found in bad[: given.show]:
            print("    " + text.replace("\n", "⏎"))
            for line in found[:3]:
                print("      - " + line[:260])
    print(f"{'all':32} {passed:6} of {total:6}  {100 * passed / max(1, total):6.2f}%")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
