from rag.llm.copying import Copier


def test_a_copier_spells_only_what_stands_there() -> None:
    sources = ["Ngày 14-1-2016 có 98,4% đại biểu dự."]
    tokens = {letter.encode(): ord(letter) for letter in set(sources[0] + "Đ19")}
    copier = Copier(sources, tokens)

    def spelled(text: str) -> set[tuple[int, int]]:
        steps = copier.beginnings()
        places: set[tuple[int, int]] = set()
        for letter in text:
            places = steps.get(ord(letter), set())
            steps = copier.steps(places)
        return places

    place = next(iter(copier.ends(spelled("98,4%"))))
    assert copier.span(place, len(b"98,4%")) == (18, 23)
    assert copier.ends(spelled("đại biểu")) and copier.ends(spelled("Đại biểu"))
    for cut in ("98", "98,4", "14-1", "đại bi", "Ngày 14"):
        assert spelled(cut) and not copier.ends(spelled(cut))
    for other in ("99", "1-2016", "ại biểu", "98,4% dự"):
        assert not spelled(other)
