// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

/// Bytes as they come, cut into lines; of a line beyond the bound only the beginning is kept.
struct LineBuffer {
  private let limit: Int
  private var bytes: [UInt8] = []
  private var start = 0
  /// Where to go on looking for a line break.
  private var searched = 0
  /// Whether the rest of an overlong line, up to its line break, is to be dropped.
  private var isSkipping = false

  init(limit: Int) { self.limit = limit }

  /// Whether ``next()`` has something now.
  var hasLine: Bool { pending > limit || lineBreak(from: searched) != nil }

  /// Whether more than a few lines' worth of bytes wait, so that reading on would only use memory.
  var isFull: Bool { pending > 4 * limit + (1 << 18) }

  private var pending: Int { bytes.count - start }

  mutating func append(_ more: UnsafeRawBufferPointer) {
    var more = more
    if isSkipping {
      guard let end = more.firstLineBreak else { return }
      more = UnsafeRawBufferPointer(rebasing: more[(end + 1)...])
      isSkipping = false
    }
    if start > 1 << 16, start > bytes.count / 2 {
      bytes.removeFirst(start)
      (start, searched) = (0, searched - start)
    }
    bytes.append(contentsOf: more)
  }

  /// The next whole line, or the beginning of one that is too long already.
  mutating func next() -> LineSession.Event? {
    if let end = lineBreak(from: searched) {
      let line = bytes[start..<end]
      start = end + 1
      searched = start
      return line.count <= limit ? .line(withoutReturn(line)) : .overlongLine(beginning: Array(line.prefix(limit)))
    }
    searched = bytes.count
    guard pending > limit else { return nil }
    let beginning = Array(bytes[start...].prefix(limit))
    removeAll()
    isSkipping = true
    return .overlongLine(beginning: beginning)
  }

  /// What is left at the end of the stream: a last line without line break.
  mutating func rest() -> LineSession.Event? {
    guard pending > 0 else { return nil }
    let line = bytes[start...]
    let event = LineSession.Event.line(withoutReturn(line))
    removeAll()
    return event
  }

  mutating func removeAll() {
    bytes.removeAll()
    (start, searched) = (0, 0)
  }

  private func withoutReturn(_ line: ArraySlice<UInt8>) -> [UInt8] {
    Array(line.last == UInt8(ascii: "\r") ? line.dropLast() : line)
  }

  private func lineBreak(from place: Int) -> Int? {
    bytes.withUnsafeBytes { UnsafeRawBufferPointer(rebasing: $0[place...]).firstLineBreak.map { place + $0 } }
  }
}

extension UnsafeRawBufferPointer {
  /// Where the first line break is: many times faster than a loop in Swift where that is not optimised.
  fileprivate var firstLineBreak: Int? {
    guard let baseAddress, let found = memchr(baseAddress, 10, count) else { return nil }
    return UnsafeRawPointer(found) - baseAddress
  }
}
