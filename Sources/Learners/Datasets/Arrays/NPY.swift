// SPDX-License-Identifier: GPL-3.0-or-later
extension NumericArray {
  /// The bytes that every `.npy` file begins with.
  static let npyMagic: [UInt8] = [0x93] + Array("NUMPY".utf8)

  /// Reads one array of NumPy's `.npy`, versions 1 to 3, of truth values, integers or floating-point numbers.
  ///
  /// Arrays in Fortran order, where the first axis runs fastest, are turned to row-major order. Pickled objects are refused:
  /// they are programs.
  ///
  /// - Throws: ``ArrayFileError`` where it is not that, or there are fewer or more numbers than it says.
  public init(npy bytes: [UInt8]) throws(ArrayFileError) {
    let header = try NPYHeader(bytes)
    let stored = try header.layout().elements(of: bytes, at: header.dataOffset, shape: header.shape)
    guard header.isFortranOrder, header.shape.count > 1 else {
      self.init(shape: header.shape, elements: stored)
      return
    }
    let elements: Elements =
      switch stored {
      case .uint8(let values): .uint8(NumericArray.rowMajor(values, header.shape))
      case .int32(let values): .int32(NumericArray.rowMajor(values, header.shape))
      case .int64(let values): .int64(NumericArray.rowMajor(values, header.shape))
      case .float32(let values): .float32(NumericArray.rowMajor(values, header.shape))
      case .float64(let values): .float64(NumericArray.rowMajor(values, header.shape))
      }
    self.init(shape: header.shape, elements: elements)
  }

  /// Numbers in Fortran order, turned to row-major order.
  private static func rowMajor<Value>(_ values: [Value], _ shape: [Int]) -> [Value] {
    var strides = [1]
    for length in shape.dropLast() { strides.append(strides[strides.count - 1] * length) }
    var (index, place) = ([Int](repeating: 0, count: shape.count), 0)
    return values.indices.map { _ in
      let value = values[place]
      // The next index: the last axis runs fastest.
      for axis in shape.indices.reversed() {
        (index[axis], place) = (index[axis] + 1, place + strides[axis])
        if index[axis] < shape[axis] { break }
        (index[axis], place) = (0, place - shape[axis] * strides[axis])
      }
      return value
    }
  }
}
