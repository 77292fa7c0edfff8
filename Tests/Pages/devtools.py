# SPDX-License-Identifier: GPL-3.0-or-later
"""A headless Chromium and its DevTools protocol over a WebSocket, with the standard library alone."""
import base64
import json
import os
import pathlib
import shutil
import socket
import struct
import subprocess
import tempfile
import time
import urllib.request


class Browser:
    """One Chromium with one page. Use it in a `with`."""

    def __init__(self, program="chromium"):
        path = shutil.which(program)
        if path is None:
            raise SystemExit(f"{program}: no such program; install Debian's package chromium")
        self.profile = tempfile.TemporaryDirectory(prefix="cch-pages-")
        # No sandbox: in a container there is none to be had; the pages are our own files.
        self.process = subprocess.Popen(
            [path, "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--hide-scrollbars", "--disable-extensions",
             "--disable-background-networking", "--remote-debugging-port=0", f"--user-data-dir={self.profile.name}", "about:blank"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        port_file = pathlib.Path(self.profile.name, "DevToolsActivePort")
        for _ in range(600):
            if port_file.exists() and port_file.read_text().count("\n"):
                break
            if self.process.poll() is not None:
                raise SystemExit(f"{path} ended with status {self.process.returncode} before it was ready")
            time.sleep(0.1)
        else:
            raise SystemExit(f"{path} did not start within a minute")
        port = port_file.read_text().split("\n")[0]
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/json/list") as answer:
            address = next(t["webSocketDebuggerUrl"] for t in json.load(answer) if t["type"] == "page")
        self.socket = WebSocket("127.0.0.1", int(port), address.split(port, 1)[1])
        self.number = 0
        self.events = []
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.profile.cleanup()

    def call(self, method, **parameters):
        """The result of a method; events that come before it are kept."""
        self.number += 1
        self.socket.send(json.dumps({"id": self.number, "method": method, "params": parameters}))
        while True:
            message = json.loads(self.socket.receive())
            if message.get("id") == self.number:
                if "error" in message:
                    raise RuntimeError(f"{method}: {message['error']['message']}")
                return message["result"]
            self.events.append(message)

    def wait(self, method, seconds=60):
        """Waits for an event."""
        end = time.monotonic() + seconds
        while not any(e.get("method") == method for e in self.events):
            if time.monotonic() > end:
                raise RuntimeError(f"no {method} within {seconds} s")
            self.events.append(json.loads(self.socket.receive()))

    def open(self, path, width, scheme="light", media=""):
        """Shows a file at a width, in a colour scheme."""
        self.events.clear()
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False)
        self.call("Emulation.setEmulatedMedia", media=media, features=[{"name": "prefers-color-scheme", "value": scheme}])
        self.call("Page.navigate", url=pathlib.Path(path).resolve().as_uri())
        self.wait("Page.loadEventFired")

    def evaluate(self, expression):
        """The value of an expression of JavaScript."""
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(answer["exceptionDetails"].get("exception", {}).get("description", "an exception"))
        return answer["result"].get("value")

    def screenshot(self, path):
        """Writes the whole page as PNG."""
        size = self.call("Page.getLayoutMetrics")["cssContentSize"]
        clip = {"x": 0, "y": 0, "width": size["width"], "height": min(size["height"], 15000), "scale": 1}
        image = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=True, clip=clip)
        pathlib.Path(path).write_bytes(base64.b64decode(image["data"]))

    def troubles(self):
        """What the console and the network had to say since the page was opened."""
        found = []
        for event in self.events:
            method, p = event.get("method"), event.get("params", {})
            if method == "Log.entryAdded" and p["entry"]["level"] in ("error", "warning"):
                found.append("console: " + p["entry"]["text"])
            elif method == "Runtime.exceptionThrown":
                found.append("exception: " + p["exceptionDetails"]["text"])
            elif method == "Runtime.consoleAPICalled" and p["type"] in ("error", "warning", "assert"):
                found.append("console: " + " ".join(str(a.get("value", "")) for a in p["args"]))
            elif method == "Network.requestWillBeSent":
                url = p["request"]["url"]
                if not url.startswith("data:") and p.get("type") != "Document":
                    found.append("it asks for " + url)
        return found


class WebSocket:
    """The client's side of RFC 6455: text messages, whole or in fragments."""

    def __init__(self, host, port, path):
        self.connection = socket.create_connection((host, port), timeout=120)
        key = base64.b64encode(os.urandom(16)).decode()
        self.connection.sendall((f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                 f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n").encode())
        self.buffer = b""
        while b"\r\n\r\n" not in self.buffer:
            self.buffer += self._more()
        head, self.buffer = self.buffer.split(b"\r\n\r\n", 1)
        if b" 101 " not in head.split(b"\r\n")[0] + b" ":
            raise RuntimeError(head.decode("latin1"))

    def _more(self):
        data = self.connection.recv(1 << 16)
        if not data:
            raise RuntimeError("the browser has closed the connection")
        return data

    def _take(self, count):
        while len(self.buffer) < count:
            self.buffer += self._more()
        data, self.buffer = self.buffer[:count], self.buffer[count:]
        return data

    def send(self, text, kind=1):
        data, mask = text.encode(), os.urandom(4)
        size = len(data)
        head = bytes([0x80 | kind]) + (bytes([0x80 | size]) if size < 126 else b"\xfe" + struct.pack(">H", size) if size < 65536
                                       else b"\xff" + struct.pack(">Q", size))
        mask_all = (mask * (size // 4 + 1))[:size]
        masked = (int.from_bytes(data, "big") ^ int.from_bytes(mask_all, "big")).to_bytes(size, "big") if size else b""
        self.connection.sendall(head + mask + masked)

    def receive(self):
        message = b""
        while True:
            first, second = self._take(2)
            size = second & 0x7F
            if size == 126:
                size = struct.unpack(">H", self._take(2))[0]
            elif size == 127:
                size = struct.unpack(">Q", self._take(8))[0]
            data = self._take(size)
            kind = first & 0x0F
            if kind == 9:
                self.send(data.decode("latin1"), kind=10)
                continue
            if kind == 8:
                raise RuntimeError("the browser has closed the connection")
            message += data
            if first & 0x80:
                return message.decode()
