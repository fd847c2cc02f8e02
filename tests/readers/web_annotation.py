"""Reads W3C Web Annotations back as linked data: web_annotation.py FILE.

PyLD, a JSON-LD processor, expands the file with the part of the W3C's context that stands here, so that nothing is fetched;
a term that the context does not know would be lost and missed by the test. Without PyLD the plain JSON is read.

Prints {"reader": …, "annotations": [{"id", "targets": [[start, end, exact, prefix, suffix]], "tags": [value],
"speakers": [[entity, name, probability]], "words": [[role, exact]]}]}.
"""

import json
import sys
from importlib import metadata

OA = "http://www.w3.org/ns/oa#"
ASCRIBE = "urn:ascribe:vocabulary:"
XSD = "http://www.w3.org/2001/XMLSchema#"

# Terms of http://www.w3.org/ns/anno.jsonld, as the Web Annotation Vocabulary defines them.
CONTEXT = {
    "oa": OA,
    "dc": "http://purl.org/dc/elements/1.1/",
    "dctypes": "http://purl.org/dc/dcmitype/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "as": "http://www.w3.org/ns/activitystreams#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xsd": XSD,
    "id": {"@id": "@id", "@type": "@id"},
    "type": {"@id": "@type", "@type": "@vocab"},
    **{name: f"oa:{name}" for name in ("Annotation", "SpecificResource", "TextPositionSelector", "TextQuoteSelector", "TextualBody")},
    **{name: f"oa:{name}" for name in ("classifying", "identifying", "linking", "tagging")},
    "Software": "as:Application",
    "Text": "dctypes:Text",
    "body": {"@type": "@id", "@id": "oa:hasBody"},
    "target": {"@type": "@id", "@id": "oa:hasTarget"},
    "source": {"@type": "@id", "@id": "oa:hasSource"},
    "selector": {"@type": "@id", "@id": "oa:hasSelector"},
    "motivation": {"@type": "@vocab", "@id": "oa:motivatedBy"},
    "purpose": {"@type": "@vocab", "@id": "oa:hasPurpose"},
    "generator": {"@type": "@id", "@id": "as:generator"},
    "via": {"@type": "@id", "@id": "oa:via"},
    "name": {"@id": "foaf:name"},
    "format": {"@id": "dc:format"},
    "value": {"@id": "rdf:value"},
    "exact": {"@id": "oa:exact"},
    "prefix": {"@id": "oa:prefix"},
    "suffix": {"@id": "oa:suffix"},
    "start": {"@type": "xsd:nonNegativeInteger", "@id": "oa:start"},
    "end": {"@type": "xsd:nonNegativeInteger", "@id": "oa:end"},
}


def expanded(path):
    """Every annotation with full IRIs for keys, its terms resolved by PyLD."""
    from pyld import jsonld

    def load(url, options):
        assert url == "http://www.w3.org/ns/anno.jsonld", url
        return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": {"@context": CONTEXT}}

    with open(path, encoding="utf-8") as file:
        return jsonld.expand(json.load(file), {"documentLoader": load})


def resolved(path):
    """The same without a processor: terms resolved one by one."""
    iris = {term: full(value["@id"] if isinstance(value, dict) else value) for term, value in CONTEXT.items()}

    def resolve(node):
        if isinstance(node, list):
            return [part for element in node for part in resolve(element)]
        if not isinstance(node, dict):
            return [{"@value": node, "@id": full(iris.get(node, node))} if isinstance(node, str) else {"@value": node}]
        keyed = {full(iris.get(key, key)): value for key, value in node.items() if key != "@context"}
        types = {"@type": [iris[keyed.pop("@type")]]} if "@type" in keyed else {}
        name = {"@id": keyed.pop("@id")} if "@id" in keyed else {}
        return [{**name, **types, **{key: resolve(value) for key, value in keyed.items()}}]

    with open(path, encoding="utf-8") as file:
        return resolve(json.load(file))


def full(term):
    prefix, _, rest = term.partition(":")
    known = {**{key: iri for key, iri in CONTEXT.items() if key in ("oa", "dc", "dctypes", "foaf", "as", "rdf")}, "ascribe": ASCRIBE}
    return known[prefix] + rest if rest and prefix in known else term


def value(node, key):
    (found,) = node[key]
    return found["@value"]


def selectors(node):
    """What a resource selects, by position and by words."""
    by_type = {selector["@type"][0]: selector for selector in node[OA + "hasSelector"]}
    position, quote = by_type[OA + "TextPositionSelector"], by_type[OA + "TextQuoteSelector"]
    offsets = [value(position, OA + key) for key in ("start", "end")]
    return offsets + [value(quote, OA + key) for key in ("exact", "prefix", "suffix")]


def read(node):
    assert node["@type"] == [OA + "Annotation"], node
    found = {"id": node["@id"], "targets": [], "tags": [], "speakers": [], "words": []}
    for target in node[OA + "hasTarget"]:
        assert target[OA + "hasSource"][0]["@id"].startswith("urn:ascribe:"), target
        found["targets"].append(selectors(target))
    for body in node[OA + "hasBody"]:
        role = value(body, ASCRIBE + "role") if ASCRIBE + "role" in body else None
        if body["@type"] == [OA + "SpecificResource"]:
            found["words"].append([role, selectors(body)[2]])
        elif role == "speaker":
            words = value(body, "http://www.w3.org/1999/02/22-rdf-syntax-ns#value")
            found["speakers"].append([value(body, ASCRIBE + "entity"), words, value(body, ASCRIBE + "probability")])
        elif body[OA + "hasPurpose"][0]["@id"] == OA + "tagging":
            found["tags"].append(value(body, "http://www.w3.org/1999/02/22-rdf-syntax-ns#value"))
    return found


if __name__ == "__main__":
    try:
        reader, nodes = f"PyLD {metadata.version('PyLD')}", expanded(sys.argv[1])
    except ModuleNotFoundError:  # as is metadata.PackageNotFoundError
        reader, nodes = "json, for want of PyLD", resolved(sys.argv[1])
    json.dump({"reader": reader, "annotations": [read(node) for node in nodes]}, sys.stdout)
