"""Reads a dataset the way people do, and says what pycocotools makes of each annotation.

    coco.py DATASET SAVED

prints JSON and writes the dataset again, as a programme would that changed nothing.
"""

import contextlib
import json
import sys

from pycocotools import mask
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

dataset, saved = sys.argv[1:]
# It talks on standard output, which is for the answer.
with contextlib.redirect_stdout(sys.stderr):
    coco = COCO(dataset)
    coco.info()
    annotations = coco.loadAnns(coco.getAnnIds())
    answer = []
    for annotation in annotations:
        pixels = coco.annToMask(annotation)
        rle = coco.annToRLE(annotation)
        answer.append({
            "id": annotation["id"],
            "category": coco.loadCats(annotation["category_id"])[0]["name"],
            "shape": list(pixels.shape),
            "pixels": int(pixels.sum()),
            "area": annotation["area"],
            "mask_box": [float(side) for side in mask.toBbox(rle)],
            "box": annotation["bbox"],
        })
    # Judged against itself, a dataset is right about everything.
    results = [
        {"image_id": a["image_id"], "category_id": a["category_id"], "bbox": a["bbox"], "score": 1.0} for a in annotations
    ]
    judge = COCOeval(coco, coco.loadRes(results), "bbox")
    judge.evaluate()
    judge.accumulate()
    judge.summarize()
    with open(saved, "w", encoding="utf-8") as file:
        json.dump(coco.dataset, file)
print(json.dumps({"annotations": answer, "average_precision": float(judge.stats[0])}))
