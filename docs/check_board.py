"""Counts the published answers of a sealed survey again. It needs Python and nothing of Heed.

    python check_board.py NEWER.csv [OLDER.csv ...] [--count 25] [--average 7.4]

Save the board at its address with `?format=csv`, and keep the file. Ends with 1 if a row is odd, if
a later board lacks or changes a row of an earlier one, or if a published number is not that of the
rows. `--average` is the mean score, to as many digits as are given.
"""

import argparse
import csv
import re
import sys


def rows_of(path: str) -> tuple[set[tuple[str, ...]], list[int]]:
    with open(path, newline="") as file:
        rows = list(csv.DictReader(file))
    hashes = {row["receipt_hash"] for row in rows}
    if len(hashes) < len(rows) or not all(re.fullmatch("[0-9a-f]{64}", one) for one in hashes):
        sys.exit(f"{path}: two rows have one receipt, or a receipt is no SHA-256")
    return {tuple(row.values()) for row in rows}, [int(row["score"]) for row in rows]


said = argparse.ArgumentParser()
said.add_argument("boards", nargs="+")
said.add_argument("--average")
said.add_argument("--count", type=int)
asked = said.parse_args()
rows, scores = rows_of(asked.boards[0])
average = sum(scores) / len(scores) if scores else 0
print(len(scores), "answers, average", average, {one: scores.count(one) for one in set(scores)})
if any(rows_of(older)[0] - rows for older in asked.boards[1:]):
    sys.exit("a row of an earlier board is missing or was changed")
if asked.count not in (None, len(scores)):
    sys.exit("the published number of answers is another one")
digits = len((asked.average or "").partition(".")[2])
if asked.average and abs(average - float(asked.average)) > 0.5 * 10**-digits + 1e-9:
    sys.exit("the published average is another one")
