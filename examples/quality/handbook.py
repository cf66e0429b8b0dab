"""The running prose of the Debian Administrator's Handbook, one paragraph a line.

usage: python3 handbook.py FOLDER, where the package was unpacked with dpkg -x
"""

import glob
import html
import re
import sys

PARAGRAPH = re.compile(
    r'<div class="para">(.*?)(?=</div>|<div|<pre|<ul|<ol|<table)', re.DOTALL
)

pages = sorted(glob.glob(sys.argv[1] + "/usr/share/doc/debian-handbook/html/zh-CN/*.html"))
for page in pages:
    with open(page, encoding="utf-8") as file:
        source = file.read()
    for match in PARAGRAPH.finditer(source):
        text = html.unescape(re.sub(r"<[^>]+>", "", match.group(1)))
        text = re.sub(r"\s+", " ", text).strip()
        han = len(re.findall(r"[\u4e00-\u9fff]", text))
        # commands and lists of packages are no prose
        if han >= 10 and han * 2 > len(text):
            print(text)
