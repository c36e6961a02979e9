# ruff: noqa: E501  (templates and texts, as they are)
"""Pages as five systems make them: VnExpress, VCCorp, NukeViet, WordPress, a SharePoint portal."""

import json
from html import escape

from tests.quality.layouts.stories import Expected, Grid, Made, Story

#: What stands around a story and is none of it, whatever the system.
MENU = ("Trang nhất", "Thời sự", "Đời sống", "Liên hệ quảng cáo")


def paragraphs(story: Story, opening: str = "<p>") -> list[str]:
    """The paragraphs as HTML."""
    return [f"{opening}{escape(one)}</p>" for one in story.paragraphs]


def table(grid: Grid, attributes: str = "", marked: bool = True, unit: str = "above") -> str:
    """A table as HTML; `unit`: where it says it ("above", "caption")."""
    tag = "th" if marked else "td"
    said = f" (đơn vị: {grid.unit})" if grid.unit else ""
    head = "".join(f"<{tag}>{one}</{tag}>" for one in grid.heads)
    body = "".join(f"<tr>{''.join(f'<td>{one}</td>' for one in row)}</tr>" for row in grid.rows)
    if unit == "caption":
        return f"<table {attributes}><caption>{grid.caption}{said}</caption><tr>{head}</tr>{body}</table>"
    return f"<p>{grid.caption}{said}:</p><table {attributes}><tbody><tr>{head}</tr>{body}</tbody></table>"


def expected(story: Story, *mustnot: str, author: bool = True, outlet: str | None = "") -> Expected:
    """What every page is to give, whatever its system."""
    return Expected(
        (*story.texts, *story.grid.told),
        (*story.related, story.comment, *MENU[2:], *mustnot),
        {
            "title": story.title,
            "outlet": story.outlet if outlet == "" else outlet,
            "author": story.author if author else None,
            "published": story.day.isoformat(),
            "time": story.time,
        },
    )


def _menu() -> str:
    return "".join(f'<li><a href="/{n}">{one}</a></li>' for n, one in enumerate(MENU))


def vnexpress(story: Story, n: int) -> Made:
    """VnExpress: stamp before the lead, captions in tplCaption, the author in the last paragraph, Box tin."""
    stamp = '<span class="location-stamp">Miền Tây</span>' if n % 2 else ""
    body = paragraphs(story, '<p class="Normal">')
    picture = (
        '<figure class="tplCaption" data-size="true" itemprop="associatedMedia image"><div class="fig-picture">'
        f'<picture><img itemprop="contentUrl" alt="{escape(story.caption)}" src="x.jpg"></picture></div>'
        f'<figcaption itemprop="description"><p class="Image">{escape(story.caption)}</p></figcaption></figure>'
    )
    related = "".join(
        f'<li><a data-medium="Item-{k}" href="/t{k}" title="{one}">{one}</a></li>'
        for k, one in enumerate(story.related)
    )
    box = f'<ul class="list-news" data-campaign="Box-Related">{related}</ul>'
    byline = (
        f'<p class="Normal" style="text-align:right;"><strong>{story.author}</strong></p>'
        if n < 3
        else f'<p class="author_mail" style="text-align:right;"><strong>{story.author}</strong></p>'
    )
    data = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": story.title,
            "datePublished": story.iso, "publisher": {"@type": "Organization", "name": story.outlet}}  # fmt: skip
    linked = f'<script type="application/ld+json">{json.dumps(data)}</script>' if n % 2 == 0 else ""
    html = f"""<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8">
<title>{escape(story.title)} - {story.outlet}</title><meta name="pubdate" content="{story.iso}">
<meta itemprop="datePublished" content="{story.iso}"><meta property="og:site_name" content="{story.outlet}">
<meta property="og:title" content="{escape(story.title)} - {story.outlet}"><meta property="og:url" content="{story.url}">
{linked}</head><body class="page-detail top-detail">
<header class="section top-header"><div class="container"><span class="time-now">Thứ hai, 6/1/2025</span>
<a class="myvne_taskbar">Đăng nhập</a></div></header>
<nav class="main-nav"><ul class="parent">{_menu()}</ul></nav>
<section class="section page-detail top-detail"><div class="container"><div class="sidebar-1">
<div class="header-content width_common"><ul class="breadcrumb"><li><a href="/thoi-su">Thời sự</a></li></ul>
<span class="date">{story.shown("{w}, {d}/{m}/{y}, {t} (GMT+7)")}</span></div>
<h1 class="title-detail">{escape(story.title)}</h1><p class="description">{stamp}{escape(story.lead)}</p>
<article class="fck_detail">{body[0]}{picture}{body[1]}{box}{body[2]}{table(story.grid, 'cellpadding="3" class="table"')}
{body[3]}{byline}</article>
<div class="social_pin"><a class="social_link">Copy link thành công</a></div></div>
<div class="sidebar-2"><h3>Xem nhiều</h3><p class="title-news"><a href="/z">{story.related[0]}</a></p></div></div></section>
<section class="section box_comment_vne"><h3>Ý kiến (<label>1</label>)</h3><div class="content-comment">
<p class="full_content"><span class="txt-name"><b>thanhbinh</b></span>{story.comment}</p><p>Trả lời Chia sẻ 2 giờ trước</p>
</div></section><footer class="footer"><p>Số giấy phép: 548/GP-BTTTT</p></footer></body></html>"""
    stamped = ("Miền Tây" + story.lead[:12],) if n % 2 else ()
    return Made(
        f"{story.slug}.html", html.encode(),
        expected(story, "548/GP", "thanhbinh", "Copy link", "Xem nhiều", *stamped),
    )  # fmt: skip


def vccorp(story: Story, n: int) -> Made:
    """VCCorp's system (Tuổi Trẻ, Thanh Niên, CafeF): detail-… classes, VCSortableInPreviewMode boxes."""
    body = paragraphs(story)
    picture = (
        '<figure class="VCSortableInPreviewMode" type="Photo"><div><img alt="" src="x.jpg"></div>'
        '<figcaption class="PhotoCMS_Caption"><p data-placeholder="Nhập chú thích ảnh">'
        f"{escape(story.caption)}</p></figcaption></figure>"
    )
    box = (
        '<div class="VCSortableInPreviewMode" type="RelatedOneNews" data-type="rlonenews">'
        f'<a href="/r0" class="VCRelatedNewsImage">{story.related[0]}</a>'
        f'<span class="VCObjectBoxRelatedNewsItemSapo">{story.related[0]} trong chiều qua.</span></div>'
    )
    when = story.shown("{dd}/{mm}/{y} {t} GMT+7")
    at = (
        f'<div class="detail-time"><div data-role="publishdate">{when}</div></div>'
        if n % 2
        else f'<span class="pdate" data-role="publishdate">{story.shown("{dd}-{mm}-{y} - {t}")}</span>'
    )
    meta = f'<meta property="article:published_time" content="{story.iso}">' if n != 3 else ""
    name = (
        f'<div class="detail-author-bot"><div class="author-info"><a class="name" data-role="author">{story.author}</a></div></div>'
        if n % 2
        else f'<div class="author-info"><span class="name" data-role="author">{story.author.upper()}</span></div>'
    )
    html = f"""<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>{escape(story.title)}</title>
<meta property="og:site_name" content="{story.outlet}"><meta property="og:title" content="{escape(story.title)}">
<link rel="canonical" href="{story.url}">{meta}<meta property="og:type" content="article"></head><body>
<div class="header__nav"><ul class="menu-nav">{_menu()}</ul></div>
<div class="detail__main"><div class="detail-cmain detail__cmain"><div class="detail-top">{at}</div>
<h1 class="detail-title article-title" data-role="title">{escape(story.title)}</h1>
<h2 class="detail-sapo" data-role="sapo">{escape(story.lead)}</h2>
<div class="detail-content afcbc-body" data-role="content" itemprop="articleBody">
{body[0]}{picture}{body[1]}{box}<div class="VCSortableInPreviewMode" type="table">{table(story.grid, marked=n % 2 == 0, unit="caption")}</div>
{body[2]}<div id="zone-1234" class="adbox"><p>Quảng cáo</p></div>{body[3]}
<div class="VCSortableInPreviewMode link-content-footer" type="link-content-footer"><a href="/r1">{story.related[1]}</a></div>
</div>{name}
<div class="detail-tab"><a class="btn-read-all">Đọc tiếp</a><p>Về trang Chủ đề</p></div>
<div class="detail-tags"><a href="/tag/a">kinh tế</a><a href="/tag/b">đời sống</a></div>
<section class="comment-wrapper detail__comment"><h4 class="title-box">Bình luận (1)</h4><div class="listcm">
<div class="item-comment"><span class="name">Người đọc B</span><span class="contentcomment">{story.comment}</span></div></div>
<p>Vui lòng nhập nội dung bình luận.</p></section></div></div>
<div class="detail__related"><h3>Tin cùng chuyên mục</h3><a class="box-category-link-title">{story.related[1]}</a></div>
<div class="footer"><p>Tổng biên tập: Nguyễn Chữ Ký</p></div></body></html>"""
    return Made(
        f"{story.slug}.html", html.encode(),
        expected(story, "Người đọc B", "Quảng cáo", "Tổng biên tập", "Vui lòng nhập", "Nhập chú thích"),
    )  # fmt: skip


def nukeviet(story: Story, n: int) -> Made:
    """NukeViet, themes of versions 3 to 4.5: hidden microdata, "Những tin mới hơn", the rating."""
    data = f"""<span class="hidden hide d-none" itemprop="datePublished">{story.iso}</span>
<span class="hidden hide d-none" itemprop="mainEntityOfPage">{story.url}</span>
<div class="hidden hide d-none" itemprop="author" itemtype="http://schema.org/Person" itemscope><span itemprop="name">{story.author}</span></div>
<div class="hidden hide d-none" itemprop="publisher" itemtype="http://schema.org/Organization" itemscope>
<span itemprop="name">{story.outlet}</span><span itemprop="logo" itemscope itemtype="http://schema.org/ImageObject">
<span itemprop="url">https://{story.host}/uploads/logo.png</span></span></div>"""
    micro = n < 3
    shape = ' itemtype="http://schema.org/NewsArticle" itemscope' if micro else ""
    inner = "<br /><br />".join(map(escape, story.paragraphs[:3]))
    newer = "".join(f'<li><em class="fa fa-angle-right"></em><h4><a href="/x{k}">{one}</a></h4><em>(20/01/2025)</em></li>'
                    for k, one in enumerate(story.related))  # fmt: skip
    html = f"""<!DOCTYPE html><html lang="vi" xmlns="http://www.w3.org/1999/xhtml" prefix="og: http://ogp.me/ns#"><head>
<title>{escape(story.title)} - {story.outlet}</title><meta charset="utf-8"><meta name="generator" content="NukeViet v4.5">
<meta property="og:title" content="{escape(story.title)}"><meta property="og:site_name" content="{story.outlet}">
<meta name="author" content="{story.outlet}"></head><body>
<div class="section-nav"><ul class="nav navbar-nav">{_menu()}</ul></div><div class="breadcrumbs-wrap"><a href="/">Trang nhất</a></div>
<span class="current-time">Thứ hai, 06/01/2025, 09:15</span>
<div class="news_column panel panel-default"{shape}><div class="panel-body">
<h1 class="title margin-bottom-lg"{' itemprop="headline"' if micro else ""}>{escape(story.title)}</h1>{data if micro else ""}
<div class="row margin-bottom-lg"><div class="col-md-12"><span class="h5">{story.shown("{w} - {dd}/{mm}/{y} {t}")}</span></div>
<div class="col-md-12"><ul class="list-inline text-right"><li><a rel="nofollow" href="#"><em class="fa fa-print"></em>In ra</a></li>
<li><a href="#">Lưu bài viết này</a></li></ul></div></div>
<div class="clearfix"><div class="hometext m-bottom"{' itemprop="description"' if micro else ""}>{escape(story.lead)}</div>
<figure class="article center"><img alt="{escape(story.caption)}" src="/uploads/a.jpg"><figcaption>{escape(story.caption)}</figcaption></figure></div>
<div id="news-bodyhtml" class="bodytext margin-bottom-lg"><div style="text-align: justify;">{inner}</div>
{table(story.grid, 'align="center" border="1" cellspacing="1" style="width:500px;"', marked=False)}
<div style="text-align: justify;">{escape(story.paragraphs[3])}</div></div>
</div></div>
<div class="news_column panel panel-default"><div class="panel-body"><div class="h5 text-right">
<p><strong>Tác giả: </strong>{story.author}</p></div></div></div>
<div class="news_column panel panel-default"><div class="panel-body"><form id="form3B" action=""><div class="h5 clearfix">
<p id="stringrating">Tổng số điểm của bài viết là: 5 trong 1 đánh giá</p><div>Click để đánh giá bài viết</div></div></form></div></div>
<div class="news_column panel panel-default"><div class="panel-body"><div class="comment-list"><strong>Bạn đọc C</strong><p>{story.comment}</p></div></div></div>
<div class="news_column panel panel-default"><div class="panel-body other-news"><p class="h3"><strong>Những tin mới hơn</strong></p>
<div class="clearfix"><ul class="detail-related related list-none list-items">{newer}</ul></div>
<p class="h3"><strong>Những tin cũ hơn</strong></p><div class="clearfix"><ul class="detail-related related list-items">{newer}</ul></div></div></div>
<div class="panel"><div class="panel-heading">Thống kê truy cập</div><ul class="counter"><li>Đang truy cập<span>14</span></li></ul></div>
<footer id="footer">Bản quyền thuộc về {story.outlet}. Mã nguồn NukeViet CMS</footer></body></html>"""
    return Made(
        f"{story.slug}.html", html.encode(),
        expected(story, "Những tin mới hơn", "Tổng số điểm", "Bạn đọc C", "Đang truy cập", "Lưu bài viết"),
    )  # fmt: skip


def wordpress(story: Story, n: int) -> Made:
    """WordPress: the Newspaper theme or a block theme, Yoast's data, Jetpack's shares and related posts."""
    graph = {"@context": "https://schema.org", "@graph": [
        {"@type": "WebPage", "@id": story.url, "url": story.url, "name": f"{story.title} - {story.outlet}"},
        {"@type": "Article", "headline": story.title, "datePublished": story.iso, "author": {"name": story.author,
         "@id": f"https://{story.host}/#/schema/person/1"}, "publisher": {"@id": f"https://{story.host}/#organization"}},
        {"@type": "Organization", "@id": f"https://{story.host}/#organization", "name": story.outlet},
        {"@type": "Person", "@id": f"https://{story.host}/#/schema/person/1", "name": story.author},
    ]}  # fmt: skip
    linked = (
        f'<script type="application/ld+json" class="yoast-schema-graph">{json.dumps(graph)}</script>'
        if n % 2 == 0
        else f'<meta property="article:published_time" content="{story.iso}">'
    )
    body = paragraphs(story)
    grid = f'<figure class="wp-block-table">{table(story.grid, unit="caption")}</figure>'
    related = "".join(
        f'<div class="jp-relatedposts-post"><h4><a href="/p{k}">{one}</a></h4></div>'
        for k, one in enumerate(story.related)
    )
    picture = (
        f'<figure id="attachment_9" class="wp-caption aligncenter"><img src="a.jpg"><figcaption id="caption-attachment-9"'
        f' class="wp-caption-text">{escape(story.caption)}</figcaption></figure>'
    )
    html = f"""<!doctype html><html lang="vi-VN"><head><meta charset="UTF-8"><title>{escape(story.title)} - {story.outlet}</title>
<link rel="canonical" href="{story.url}"><meta property="og:locale" content="vi_VN"><meta property="og:type" content="article">
<meta property="og:title" content="{escape(story.title)} - {story.outlet}"><meta property="og:site_name" content="{story.outlet}">
{linked}<meta name="generator" content="WordPress 6.4"></head><body class="post-template-default single single-post">
<div class="td-header-menu-wrap"><ul class="sf-menu">{_menu()}</ul></div>
<article id="post-77" class="post-77 post type-post status-publish format-standard hentry category-tin">
<div class="td-post-header"><ul class="td-category"><li class="entry-category"><a href="/c">Tin tức</a></li></ul>
<header class="td-post-title"><h1 class="entry-title">{escape(story.title)}</h1><div class="td-module-meta-info">
<div class="td-post-author-name"><div class="td-author-by">Bởi</div> <a href="/author/a" rel="author">{story.author}</a><div class="td-author-line"> - </div></div>
<span class="td-post-date"><time class="entry-date updated td-module-date" datetime="{story.iso}">{story.shown("{dd}/{mm}/{y}")}</time></span>
<div class="td-post-views"><i class="td-icon-views"></i><span>1204</span></div></div></header></div>
<div class="td-post-sharing"><a class="td-social-sharing-button"><div>Facebook</div></a></div>
<div class="td-post-content tagdiv-type entry-content"><p><strong>{escape(story.lead)}</strong></p>{body[0]}{picture}{body[1]}
<div class="td-a-rec"><span class="td-adspot-title">- Quảng cáo -</span></div>{body[2]}{grid}{body[3]}
<div class="sharedaddy sd-sharing-enabled"><h3 class="sd-title">Chia sẻ:</h3><ul><li><a class="share-twitter">Bấm để chia sẻ trên Twitter</a></li></ul></div>
<div id="jp-relatedposts" class="jp-relatedposts"><h3 class="jp-relatedposts-headline"><em>Có liên quan</em></h3>{related}</div></div>
<footer><div class="td-post-source-tags"><ul class="td-tags"><li><span>TAGS</span></li><li><a href="/t">nông thôn</a></li></ul></div>
<div class="td-block-row td-post-next-prev"><span>Bài trước</span><a href="/n">{story.related[0]}</a></div></footer></article>
<div class="td_block_related_posts"><h4>BÀI VIẾT LIÊN QUAN</h4><h3 class="entry-title td-module-title"><a href="/p">{story.related[1]}</a></h3></div>
<div class="comments" id="comments"><h4>1 BÌNH LUẬN</h4><ol class="comment-list"><li class="comment"><cite>Khách D</cite>
<div class="comment-content"><p>{story.comment}</p></div></li></ol><div id="respond" class="comment-respond"><h3>BÌNH LUẬN</h3></div></div>
<div class="td-footer-wrapper"><p>Giao diện bởi Tag Theme</p></div></body></html>"""
    return Made(
        f"{story.slug}.html", html.encode(),
        expected(story, "Khách D", "Quảng cáo", "Chia sẻ", "Bài trước", "Có liên quan", "TAGS"),
    )  # fmt: skip


def sharepoint(story: Story, n: int) -> Made:
    """A provincial portal on SharePoint or Liferay: tables that arrange the page, the author in the last line."""
    body = "".join(
        f'<p style="text-align:justify"><span style="font-size:14pt">{escape(one)}</span></p>'
        for one in story.paragraphs[:3]
    )
    if n % 2:
        body = f'<div class="ExternalClass5A">{body.replace("<p ", "<div ").replace("</p>", "</div>")}</div>'
    others = "".join(
        f'<li><a class="tieude-tinkhac" href="/Pages/a{k}.aspx">{one}</a> <span>(06/01/2025)</span></li>'
        for k, one in enumerate(story.related)
    )
    when = story.shown(
        ("Ngày đăng: {dd}/{mm}/{y} {t}", "({dd}/{mm}/{y} {t})", "{w}, {dd}/{mm}/{y}, {t}")[n % 3]
    )
    html = f"""<html dir="ltr" lang="vi-VN" xmlns:o="urn:schemas-microsoft-com:office:office"><head>
<meta name="GENERATOR" content="Microsoft SharePoint"><meta http-equiv="Content-type" content="text/html; charset=utf-8">
<title>{escape(story.title)} - {story.outlet}</title><meta property="og:url" content="{story.url}">
<meta property="og:site_name" content="{story.outlet}"></head><body scroll="no">
<form method="post" action="./chitiet.aspx" id="aspnetForm"><input type="hidden" name="__VIEWSTATE" value="/wEPDwUBMA9k">
<div id="s4-workspace"><div class="ms-core-navigation"><ul class="root static">{_menu()}</ul></div>
<table width="100%" cellpadding="0" cellspacing="0"><tr><td valign="top" class="cot-trai" width="180"><div class="menu-trai">
<p>Cơ cấu tổ chức</p><p>Văn bản chỉ đạo</p></div></td><td valign="top"><div class="ms-webpart-zone ms-fullWidth">
<div class="ms-webpart-chrome"><div id="WebPartWPQ2" class="ms-WPBody">
<div class="chitiet-tin"><div class="tieude-chitiet"><h1 class="title">{escape(story.title)}</h1></div>
<div class="ngaydang">{when}</div><div class="co-chu">Cỡ chữ: <a>A-</a> <a>A+</a></div>
<div class="tomtat"><b>{escape(story.lead)}</b></div>
<div class="noidung ms-rtestate-field">{body}
<table border="0" align="center"><tr><td><img src="/PublishingImages/a.jpg"></td></tr><tr><td align="center"><i>{escape(story.caption)}</i></td></tr></table>
{table(story.grid, 'class="MsoNormalTable" border="1"', marked=False)}
<p style="text-align:justify"><span>{escape(story.paragraphs[3])}</span></p>
<p style="text-align:right"><b>{story.author}</b></p></div>
<div class="luotxem">Lượt xem: 1.307</div>
<div class="danhgia"><span>Bản in</span> <span>Gửi email</span></div>
<div class="tinkhac"><div class="tieude">Các tin khác</div><ul>{others}</ul></div></div></div></div></div></td></tr></table>
<div class="ykien"><p><b>Ý kiến bạn đọc</b></p><div class="binh-luan">{story.comment}</div></div>
<div class="chan-trang" id="footer">Chịu trách nhiệm nội dung: Ban Biên tập. Điện thoại: 02999.888.777</div></div></form></body></html>"""
    return Made(
        f"{story.slug}.html", html.encode(),
        expected(story, "Lượt xem", "Các tin khác", "Cơ cấu tổ chức", "Chịu trách nhiệm", "Bản in", "Cỡ chữ"),
    )  # fmt: skip
