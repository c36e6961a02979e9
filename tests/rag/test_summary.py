"""Summaries: an article's own sentences, few, in its order."""

from dataclasses import replace

from index.types import Article, Details
from rag.question import parse
from rag.summary import meant, summary
from rag.types import Passage
from tests.conftest import FakeEmbedder

LINES = [
    "Ảnh: Minh Khoa.",
    "Sáng 12/9, huyện Hòa Sơn khánh thành cầu Bến Vạn sau hai năm thi công.",
    "Cầu Bến Vạn dài 186 m, rộng 9 m, tổng vốn đầu tư 42 tỷ đồng.",
    "Ông cho biết người dân rất phấn khởi khi có cây cầu này.",
    "Bao giờ thì cây cầu thứ hai được xây qua sông Vạn?",
    "Theo Ban quản lý dự án, cầu giúp hơn 3.000 hộ dân hai xã đi lại thuận lợi.",
    "Trước đây, người dân phải đi đò qua sông, mùa lũ học sinh thường phải nghỉ học.",
    "Huyện Hòa Sơn dự kiến xây thêm một cây cầu treo ở xã Vạn Thọ trong năm tới.",
]
ARTICLE = Article("a1", "a.txt", Details(title="Khánh thành cầu Bến Vạn"), "\n".join(LINES))


def test_a_summary_has_three_to_six_statements_in_the_articles_order() -> None:
    told = summary(ARTICLE, FakeEmbedder())
    texts = [source.text for source in told]
    assert 3 <= len(texts) <= 6
    assert texts == [line for line in LINES if line in texts]
    assert texts[0] == LINES[1]
    assert not {LINES[0], LINES[3], LINES[4]} & set(texts)


def test_of_a_short_article_all_is_told() -> None:
    short = Article("a2", "b.txt", Details(), "\n".join(LINES[1:3]))
    assert [source.text for source in summary(short, FakeEmbedder())] == LINES[1:3]


def test_the_article_that_is_meant_has_what_the_question_names() -> None:
    passages = [Passage(1, 1.0, 0.9, 7, ARTICLE, 0, len(ARTICLE.body))]

    def about(question: str, chosen: bool = False) -> Article | None:
        return meant(parse(question), passages, chosen)

    assert about("Tóm tắt bài về cầu Bến Vạn") is ARTICLE
    assert about("tom tat bai ve cau ben van") is ARTICLE
    assert about("Summarize the article about the Bến Vạn bridge") is ARTICLE
    assert about("Summarize the article about the new bridge in Ho Chi Minh City") is None
    saigon = replace(ARTICLE, body=f"{ARTICLE.body} Cầu nối với TP.HCM.")
    passages[0] = replace(passages[0], article=saigon)
    assert about("Summarize the article about the new bridge in Ho Chi Minh City") is saigon
    passages[0] = replace(passages[0], article=ARTICLE)
    assert about("Tóm tắt bài về nhà máy rác Gia Lâm Tây") is None
    assert about("Tóm tắt bài này") is None and about("Tóm tắt bài này", True) is ARTICLE
    assert meant(parse("Tóm tắt bài về cầu Bến Vạn"), [], False) is None
