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

/// Inflates the one stream that begins at `bytes[start]`.
///
/// - Returns: the output, and where the stream ends.
func inflateStream(
  _ bytes: [UInt8], from start: Int, _ wrapper: DeflateWrapper, limit: Int
) throws(InflateFailure) -> (output: [UInt8], end: Int) {
  var stream = z_stream()
  guard inflateInit2_(&stream, wrapper.rawValue, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
    throw .corrupt(offset: 0, "zlib could not start")
  }
  defer { inflateEnd(&stream) }
  var output: [UInt8] = []
  var chunk = [UInt8](repeating: 0, count: 1 << 18)
  var position = start
  while true {
    // zlib counts in 32 bits.
    let available = min(bytes.count - position, 1 << 30)
    let (status, used, made) = bytes.withUnsafeBufferPointer { input in
      chunk.withUnsafeMutableBufferPointer { room -> (Int32, Int, Int) in
        stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress.map { $0 + position })
        stream.avail_in = UInt32(available)
        stream.next_out = room.baseAddress
        stream.avail_out = UInt32(room.count)
        let status = inflate(&stream, Z_NO_FLUSH)
        return (status, available - Int(stream.avail_in), room.count - Int(stream.avail_out))
      }
    }
    position += used
    guard output.count + made <= limit else { throw .tooLarge }
    output.append(contentsOf: chunk[..<made])
    switch status {
    case Z_STREAM_END: return (output, position)
    case Z_OK where used > 0 || made > 0: continue
    case Z_OK, Z_BUF_ERROR: throw .truncated(offset: position - start)
    default:
      throw .corrupt(offset: position - start, stream.msg.map { String(cString: $0) } ?? "it breaks the format's rules")
    }
  }
}
