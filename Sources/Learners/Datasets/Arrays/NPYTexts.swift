// SPDX-License-Identifier: GPL-3.0-or-later
extension NumericArray {
  /// The texts in an array of NumPy's `.npy` of one axis, of type `<U` (UTF-32) or `|S` (bytes, UTF-8), such as names of classes.
  ///
  /// - Returns: nil where it is an array of another type.
  /// - Throws: ``ArrayFileError`` where it is no such file, has not one axis, or is not as long as it says.
  static func texts(npy bytes: [UInt8]) throws(ArrayFileError) -> [String]? {
    let header = try NPYHeader(bytes)
    let (isUnicode, isBytes) = (header.type.hasPrefix("<U"), header.type.hasPrefix("|S"))
    guard isUnicode || isBytes, let length = Int(header.type.dropFirst(2)), length > 0, length < 1 << 20 else {
      return nil
    }
    guard header.shape.count == 1, header.shape[0] > 0 else { throw .wrongShape(expected: "n", found: header.shape) }
    let size = isUnicode ? 4 * length : length
    let (total, overflows) = header.shape[0].multipliedReportingOverflow(by: size)
    if overflows { throw .shapeTooLarge(shape: header.shape) }
    guard bytes.count - header.dataOffset == total else {
      throw .wrongSize(offset: header.dataOffset, expected: total, found: bytes.count - header.dataOffset)
    }
    var texts: [String] = []
    for row in 0..<header.shape[0] {
      let start = header.dataOffset + row * size
      guard isUnicode else {
        guard let text = String(validating: bytes[start..<start + size].prefix { $0 != 0 }, as: UTF8.self) else {
          throw .malformedHeader(.npy, offset: start, rule: "the text of row \(row) is not valid UTF-8")
        }
        texts.append(text)
        continue
      }
      var text = ""
      for place in 0..<length {
        let code = UInt32(bytes.littleEndian(at: start + 4 * place, size: 4))
        if code == 0 { break }
        guard let scalar = Unicode.Scalar(code) else {
          throw .malformedHeader(.npy, offset: start + 4 * place, rule: "\(code) is no character")
        }
        text.unicodeScalars.append(scalar)
      }
      texts.append(text)
    }
    return texts
  }
}
