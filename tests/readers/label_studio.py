"""Reads Label Studio tasks back as its page does, in UTF-16 units: label_studio.py FILE.

Prints [{"regions": {id: [label, text]}, "relations": [[label, from, to]]}], one a task.
"""

import json
import sys


def units(text, start, end):
    return text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")


def read(task):
    text = task["data"]["text"]
    (prediction,) = task["predictions"]
    regions, relations = {}, []
    for result in prediction["result"]:
        if result["type"] == "relation":
            assert result["from_id"] in regions and result["to_id"] in regions, result
            relations.append([*result["labels"], result["from_id"], result["to_id"]])
            continue
        assert (result["type"], result["from_name"], result["to_name"]) == ("labels", "label", "text"), result
        value = result["value"]
        assert units(text, value["start"], value["end"]) == value["text"], result
        assert result["id"] not in regions, result
        (label,) = value["labels"]
        regions[result["id"]] = [label, value["text"]]
    return {"regions": regions, "relations": relations}


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as file:
        json.dump([read(task) for task in json.load(file)], sys.stdout)
