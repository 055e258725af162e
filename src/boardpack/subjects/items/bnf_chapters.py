"""The chapters of the British National Formulary (BNF), by the first two digits of a BNF code.

Source: NHS Business Services Authority (NHSBSA), BNF classification as prescribing data uses it.
Chapters 1 to 15 are those of the printed formulary; 18 to 23 are NHSBSA's own, for what the
formulary does not list.
"""

from __future__ import annotations

BNF_CHAPTERS = {
    "01": "Gastro-intestinal system",
    "02": "Cardiovascular system",
    "03": "Respiratory system",
    "04": "Central nervous system",
    "05": "Infections",
    "06": "Endocrine system",
    "07": "Obstetrics, gynaecology and urinary-tract disorders",
    "08": "Malignant disease and immunosuppression",
    "09": "Nutrition and blood",
    "10": "Musculoskeletal and joint diseases",
    "11": "Eye",
    "12": "Ear, nose and oropharynx",
    "13": "Skin",
    "14": "Immunological products and vaccines",
    "15": "Anaesthesia",
    "18": "Preparations used in diagnosis",
    "19": "Other drugs and preparations",
    "20": "Dressings",
    "21": "Appliances",
    "22": "Incontinence appliances",
    "23": "Stoma appliances",
}


def bnf_chapter(code: str) -> str:
    """The name of a chapter by its two digits; the digits themselves where it has no name.

    >>> bnf_chapter("04"), bnf_chapter("99")
    ('Central nervous system', 'BNF chapter 99')
    """
    return BNF_CHAPTERS.get(code, f"BNF chapter {code}")
