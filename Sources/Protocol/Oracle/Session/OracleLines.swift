// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

/// Cuts a stream of bytes into lines for a session, however the bytes arrive.
///
/// Lines that lie whole in a chunk are not copied; only what is cut at a chunk's end is kept.
public struct OracleLines {
  private let session: OracleSession
  private var rest: [UInt8] = []
  private var isOverlong = false

  /// Lines for `session`.
  public init(_ session: OracleSession) { self.session = session }

  /// Takes the next bytes, and lets the session answer every line that is complete.
  public mutating func take(_ chunk: UnsafeBufferPointer<UInt8>) {
    var start = 0
    while let newline = OracleLines.newline(in: chunk, from: start) {
      finish(UnsafeBufferPointer(rebasing: chunk[start..<newline]))
      start = newline + 1
    }
    keep(UnsafeBufferPointer(rebasing: chunk[start...]))
  }

  private static func newline(in chunk: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    guard start < chunk.count, let base = chunk.baseAddress else { return nil }
    return memchr(base + start, 0x0A, chunk.count - start).map { UnsafeRawPointer($0) - UnsafeRawPointer(base) }
  }

  /// The stream has ended: a last line without a newline is a line.
  public mutating func end() { finish(UnsafeBufferPointer(start: nil, count: 0)) }

  private mutating func keep(_ part: UnsafeBufferPointer<UInt8>) {
    guard !isOverlong, !part.isEmpty else { return }
    if rest.count + part.count > OracleSession.lineLimit {
      isOverlong = true
      rest = []
    } else {
      rest.append(contentsOf: part)
    }
  }

  private mutating func finish(_ part: UnsafeBufferPointer<UInt8>) {
    if rest.isEmpty && !isOverlong && part.count <= OracleSession.lineLimit { return session.take(part) }
    keep(part)
    if isOverlong {
      session.takeOverlongLine()
    } else {
      rest.withUnsafeBufferPointer { session.take($0) }
    }
    rest.removeAll(keepingCapacity: rest.capacity <= 1 << 20)
    isOverlong = false
  }
}
