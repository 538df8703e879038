"""What another program does with the installed package, and nothing but the installed package."""

import subprocess
import sys
from pathlib import Path

import spacy

import glossary
import glossary_web
from glossary import Glossary
from glossary.client import Client

TEXT = "课堂上的情绪识别系统记录学生的微表情。"
for module in (glossary, glossary_web):
    assert Path(str(module.__file__)).is_relative_to(sys.prefix), module.__file__

g = Glossary.open()
print("library", g.lookup("qxsb")[0].zh, len(g.annotate(TEXT).matches))

nlp = spacy.blank("zh")
nlp.add_pipe("glossary")
doc = nlp(TEXT)
print("spacy", *(span.text for span in doc.spans["glossary"]))

command = Path(sys.executable).with_name("glossary")
server = subprocess.Popen([command, "serve", "--port", "0"], stdout=subprocess.PIPE, text=True)
try:
    assert server.stdout is not None
    with Client(server.stdout.readline().strip()) as client:
        print("client", client.lookup("qxsb")[0].zh, client["anqz0"] == g["anqz0"], client.pinyin("重庆"))
finally:
    server.terminate()
    server.wait(10)
found = subprocess.run([command, "lookup", "--limit", "1", "qxsb"], capture_output=True, text=True, encoding="utf-8", check=True)
print("command", found.stdout.split()[0])
