// SPDX-License-Identifier: GPL-3.0-or-later
/// The last bytes of a stream, at most `limit`, whatever is written to it.
struct BoundedTail {
  private var bytes: [UInt8] = []
  private let limit: Int

  init(limit: Int) { self.limit = limit }

  mutating func append(_ more: UnsafeRawBufferPointer) {
    bytes.append(contentsOf: more.suffix(limit))
    // Dropping only now and then keeps this linear.
    if bytes.count > 2 * limit { bytes.removeFirst(bytes.count - limit) }
  }

  /// The text; what is not UTF-8 is replaced.
  var text: String { String(decoding: bytes.suffix(limit), as: UTF8.self) }
}
