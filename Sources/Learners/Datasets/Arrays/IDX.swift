// SPDX-License-Identifier: GPL-3.0-or-later
extension NumericArray {
  /// Reads IDX, the format of MNIST.
  ///
  /// Two zero bytes, a byte for the type of the numbers, a byte for the number of axes, the length of each axis as four bytes and
  /// the numbers, all with the most significant byte first (Y. LeCun, C. Cortes, C. J. C. Burges, "The MNIST database").
  ///
  /// - Throws: ``ArrayFileError`` where it is not that, or there are fewer or more numbers than it says.
  public init(idx bytes: [UInt8]) throws(ArrayFileError) {
    guard bytes.starts(with: [0, 0]) else { throw .wrongMagic(.idx, found: Array(bytes.prefix(4))) }
    guard bytes.count >= 4 else { throw .truncatedHeader(.idx, size: bytes.count) }
    let kind: ElementLayout.Kind
    switch bytes[2] {
    case 0x08: kind = .uint8
    case 0x09: kind = .int8
    case 0x0B: kind = .int16
    case 0x0C: kind = .int32
    case 0x0D: kind = .float32
    case 0x0E: kind = .float64
    default:
      throw .malformedHeader(.idx, offset: 2, rule: "type \(hexadecimal([bytes[2]])) is none of 08, 09, 0b, 0c, 0d, 0e")
    }
    let axes = Int(bytes[3])
    guard axes > 0 else { throw .malformedHeader(.idx, offset: 3, rule: "no axes; at least one is needed") }
    guard bytes.count >= 4 + 4 * axes else { throw .truncatedHeader(.idx, size: bytes.count) }
    let shape = (0..<axes).map { bytes.bigEndian(at: 4 + 4 * $0, size: 4) }
    let layout = ElementLayout(kind: kind, isBigEndian: true)
    self.init(shape: shape, elements: try layout.elements(of: bytes, at: 4 + 4 * axes, shape: shape))
  }
}
