// SPDX-License-Identifier: GPL-3.0-or-later
/// Reads the bytes of one plain `cch` request of one output, without allocating; gives up on anything else.
///
/// Giving up costs nothing but time: the line is then read again as JSON. So this reads the usual forms only: no escapes,
/// no unknown or repeated keys, numbers of at most 18 digits.
struct RequestScanner {
  var next: UnsafePointer<UInt8>
  let end: UnsafePointer<UInt8>
  /// The bytes of `seq`.
  private(set) var seq = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
  private(set) var p1 = 0
  private(set) var p2 = 0
  let numbers: ScannedNumbers
  private var seen: UInt8 = 0

  /// Scans `line`; nil where it is anything but a plain request.
  init?(_ line: UnsafeBufferPointer<UInt8>, into numbers: ScannedNumbers) {
    guard let start = line.baseAddress, line.count > 60 else { return nil }
    (next, end, self.numbers) = (start, start + line.count, numbers)
    numbers.clear()
    guard scanRequest() else { return nil }
    skipSpace()
    guard next == end, seen == 0b1111, numbers.rows == p1 + p2 + 1, numbers.weights == p1 else { return nil }
  }

  // MARK: Structure

  private mutating func scanRequest() -> Bool {
    scanObject { scanner, key in
      if key == "kind" { return scanner.scanOnce(1) && scanner.scanText("run") }
      if key == "operation" { return scanner.scanOnce(2) && scanner.scanText("cch") }
      if key == "seq" { return scanner.scanOnce(4) && scanner.scanSequenceNumber() }
      if key == "input" { return scanner.scanOnce(8) && scanner.scanInput() }
      return false
    }
  }

  private mutating func scanInput() -> Bool {
    let outer = seen
    seen = 0
    let isWhole =
      scanObject { scanner, key in
        if key == "sigma" { return scanner.scanOnce(1) && scanner.scanRows() }
        if key == "w1" { return scanner.scanOnce(2) && scanner.scanWeights() }
        if key == "p1" { return scanner.scanOnce(4) && scanner.scanSize(\.p1) }
        if key == "p2" { return scanner.scanOnce(8) && scanner.scanSize(\.p2) }
        return key == "q" && scanner.scanOnce(16) && scanner.scanOne()
      } && (seen & 15) == 15
    seen = outer
    return isWhole
  }

  private mutating func scanOnce(_ bit: UInt8) -> Bool {
    defer { seen |= bit }
    return seen & bit == 0
  }

  private mutating func scanObject(_ member: (inout RequestScanner, StaticKey) -> Bool) -> Bool {
    guard take(0x7B) else { return false }
    while true {
      guard let key = scanKey(), take(0x3A), member(&self, key) else { return false }
      skipSpace()
      guard next < end else { return false }
      next += 1
      if next[-1] == 0x7D { return true }
      if next[-1] != 0x2C { return false }
    }
  }

  private mutating func scanRows() -> Bool {
    scanList { scanner in
      let before = scanner.numbers.count
      guard scanner.scanList({ $0.scanNumber() }) else { return false }
      return scanner.numbers.endRow(length: scanner.numbers.count - before)
    }
  }

  private mutating func scanWeights() -> Bool {
    numbers.startWeights()
    guard scanList({ $0.scanNumber() }) else { return false }
    numbers.endWeights()
    return true
  }

  private mutating func scanList(_ element: (inout RequestScanner) -> Bool) -> Bool {
    guard take(0x5B) else { return false }
    while true {
      skipSpace()
      guard element(&self) else { return false }
      skipSpace()
      guard next < end else { return false }
      next += 1
      if next[-1] == 0x5D { return true }
      if next[-1] != 0x2C { return false }
    }
  }

  // MARK: Parts

  private mutating func skipSpace() {
    while next < end, next[0] == 0x20 || next[0] == 0x09 || next[0] == 0x0D { next += 1 }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    skipSpace()
    guard next < end, next[0] == byte else { return false }
    next += 1
    return true
  }

  private mutating func scanKey() -> StaticKey? {
    guard take(0x22) else { return nil }
    let start = next
    while next < end, next[0] != 0x22 {
      if next[0] == 0x5C { return nil }
      next += 1
    }
    guard next < end else { return nil }
    next += 1
    return StaticKey(start: start, count: next - start - 1)
  }

  private mutating func scanText(_ text: StaticString) -> Bool {
    guard let key = scanKey() else { return false }
    return key == text
  }

  private mutating func scanSequenceNumber() -> Bool {
    skipSpace()
    let start = next
    while next < end, (0x30...0x39).contains(next[0]) { next += 1 }
    seq = UnsafeBufferPointer(start: start, count: next - start)
    return (1...18).contains(seq.count) && (seq[0] != 0x30 || seq.count == 1)
  }

  private mutating func scanSize(_ size: WritableKeyPath<RequestScanner, Int>) -> Bool {
    skipSpace()
    var value = 0
    let start = next
    while next < end, (0x30...0x39).contains(next[0]), next - start < 3 {
      value = 10 * value + Int(next[0] - 0x30)
      next += 1
    }
    guard next > start, start[0] != 0x30 else { return false }
    if size == \.p1 { p1 = value } else { p2 = value }
    return true
  }

  private mutating func scanOne() -> Bool {
    skipSpace()
    guard next < end, next[0] == 0x31 else { return false }
    next += 1
    return true
  }
}

/// The bytes between two quotes.
struct StaticKey {
  let start: UnsafePointer<UInt8>
  let count: Int

  static func == (key: StaticKey, text: StaticString) -> Bool {
    guard key.count == text.utf8CodeUnitCount else { return false }
    for i in 0..<key.count where key.start[i] != text.utf8Start[i] { return false }
    return true
  }
}
