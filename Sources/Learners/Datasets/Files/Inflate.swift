// SPDX-License-Identifier: GPL-3.0-or-later
import CZlib

/// Why deflated bytes could not be inflated; offsets count from the first deflated byte.
enum InflateFailure: Error, Equatable {
  /// The bytes end before the stream does.
  case truncated(offset: Int)
  /// The stream breaks its format's rules, or its checksum does not hold.
  case corrupt(offset: Int, String)
  /// More output than allowed.
  case tooLarge
}

/// How a deflated stream is wrapped.
enum DeflateWrapper: Int32 {
  /// A gzip member: header, checksum and length around it.
  case gzip = 31
  /// Nothing around it, as in a ZIP archive.
  case raw = -15
}

/// Inflates the one stream that begins at `bytes[start]`, a piece at a time: nothing is kept here.
///
/// - Parameters:
///   - end: where its bytes end at the latest.
///   - limit: the most output.
///   - take: what is done with a piece of the output; false ends it early.
/// - Returns: how much output there was, and where the stream ends.
func inflateStream(
  _ bytes: [UInt8], from start: Int, to end: Int, _ wrapper: DeflateWrapper, limit: Int,
  _ take: (UnsafeBufferPointer<UInt8>) -> Bool
) throws(InflateFailure) -> (count: Int, end: Int) {
  var stream = z_stream()
  guard inflateInit2_(&stream, wrapper.rawValue, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
    throw .corrupt(offset: 0, "zlib could not start")
  }
  defer { inflateEnd(&stream) }
  var chunk = [UInt8](repeating: 0, count: 1 << 18)
  var (position, count) = (start, 0)
  while true {
    // zlib counts in 32 bits.
    let available = min(end - position, 1 << 30)
    let (status, used, made, goesOn) = bytes.withUnsafeBufferPointer { input in
      chunk.withUnsafeMutableBufferPointer { room -> (Int32, Int, Int, Bool) in
        stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress.map { $0 + position })
        stream.avail_in = UInt32(available)
        stream.next_out = room.baseAddress
        stream.avail_out = UInt32(room.count)
        let status = inflate(&stream, Z_NO_FLUSH)
        let made = room.count - Int(stream.avail_out)
        let isWithin = made <= limit - count
        let goesOn = isWithin && (made == 0 || take(UnsafeBufferPointer(rebasing: room[..<made])))
        return (status, available - Int(stream.avail_in), made, goesOn)
      }
    }
    position += used
    guard made <= limit - count else { throw .tooLarge }
    count += made
    if !goesOn { return (count, position) }
    switch status {
    case Z_STREAM_END: return (count, position)
    case Z_OK where used > 0 || made > 0: continue
    case Z_OK, Z_BUF_ERROR: throw .truncated(offset: position - start)
    default:
      throw .corrupt(offset: position - start, stream.msg.map { String(cString: $0) } ?? "it breaks the format's rules")
    }
  }
}

/// Room for output of a known size, filled piece by piece.
struct FixedOutput {
  private let room: UnsafeMutableBufferPointer<UInt8>
  private(set) var count = 0

  init(_ room: UnsafeMutableBufferPointer<UInt8>) { self.room = room }

  /// Adds a piece; false where it does not fit.
  mutating func append(_ piece: UnsafeBufferPointer<UInt8>) -> Bool {
    guard piece.count <= room.count - count else { return false }
    _ = UnsafeMutableBufferPointer(rebasing: room[count...]).update(fromContentsOf: piece)
    count += piece.count
    return true
  }
}
