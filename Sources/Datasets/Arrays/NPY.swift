extension NumericArray {
  /// The bytes that every `.npy` file begins with.
  static let npyMagic: [UInt8] = [0x93] + Array("NUMPY".utf8)

  /// Reads one array of NumPy's `.npy`, versions 1 to 3, of type `<f4`, `<f8`, `|u1`, `<i4` or `<i8`.
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
    let order = NumericArray.placesInFortranOrder(header.shape)
    let elements: Elements =
      switch stored {
      case .uint8(let values): .uint8(order.map { values[$0] })
      case .int32(let values): .int32(order.map { values[$0] })
      case .int64(let values): .int64(order.map { values[$0] })
      case .float32(let values): .float32(order.map { values[$0] })
      case .float64(let values): .float64(order.map { values[$0] })
      }
    self.init(shape: header.shape, elements: elements)
  }

  /// For every place of the row-major order, the place in Fortran order of the same index.
  private static func placesInFortranOrder(_ shape: [Int]) -> [Int] {
    var strides = [1]
    for length in shape.dropLast() { strides.append(strides[strides.count - 1] * length) }
    var places = [0]
    for (length, stride) in zip(shape, strides) {
      places = places.flatMap { place in (0..<length).map { place + $0 * stride } }
    }
    return places
  }
}
