// SPDX-License-Identifier: GPL-3.0-or-later
/// A dense array of numbers of one machine type, in row-major (C) order: the last axis runs fastest.
public struct NumericArray: Sendable, Equatable {
  /// The numbers, in the type in which the file keeps them.
  ///
  /// Integers of 8 or 16 bits with a sign are widened to 32.
  public enum Elements: Sendable, Equatable {
    case uint8([UInt8])
    case int32([Int32])
    case int64([Int64])
    case float32([Float])
    case float64([Double])
  }

  /// The length of every axis; none for a single number.
  public let shape: [Int]
  /// The numbers, as many as the product of the shape.
  public let elements: Elements

  init(shape: [Int], elements: Elements) { (self.shape, self.elements) = (shape, elements) }

  /// The number of numbers.
  public var count: Int { shape.reduce(1, *) }

  /// The numbers as Doubles; 64-bit integers beyond 2⁵³ are rounded.
  public var doubles: [Double] {
    switch elements {
    case .uint8(let values): values.map(Double.init)
    case .int32(let values): values.map(Double.init)
    case .int64(let values): values.map(Double.init)
    case .float32(let values): values.map(Double.init)
    case .float64(let values): values
    }
  }

  /// The number at a place of the row-major order.
  func double(atPlace place: Int) -> Double {
    switch elements {
    case .uint8(let values): Double(values[place])
    case .int32(let values): Double(values[place])
    case .int64(let values): Double(values[place])
    case .float32(let values): Double(values[place])
    case .float64(let values): values[place]
    }
  }

  /// The numbers as Floats, rounded where they have more digits.
  public var floats: [Float] {
    switch elements {
    case .uint8(let values): values.map(Float.init)
    case .int32(let values): values.map(Float.init)
    case .int64(let values): values.map(Float.init)
    case .float32(let values): values
    case .float64(let values): values.map(Float.init)
    }
  }

  /// The bytes of an array of bytes, such as images.
  ///
  /// - Throws: ``ArrayFileError/wrongType(expected:found:)``.
  public func bytes() throws(ArrayFileError) -> [UInt8] {
    guard case .uint8(let values) = elements else { throw .wrongType(expected: "bytes", found: typeName) }
    return values
  }

  /// The numbers as whole numbers, such as labels.
  ///
  /// - Throws: ``ArrayFileError/notWhole(index:value:)`` where one is none.
  public func integers() throws(ArrayFileError) -> [Int] {
    var whole: [Int] = []
    whole.reserveCapacity(count)
    switch elements {
    case .uint8(let values): whole = values.map(Int.init)
    case .int32(let values): whole = values.map(Int.init)
    case .int64(let values): whole = values.map(Int.init)
    case .float32, .float64:
      for (place, value) in doubles.enumerated() {
        guard let number = Int(exactly: value) else { throw .notWhole(index: index(ofPlace: place), value: "\(value)") }
        whole.append(number)
      }
    }
    return whole
  }

  /// Checks that all numbers are finite.
  ///
  /// - Throws: ``ArrayFileError/notFinite(index:value:)`` with the index of the first that is not.
  public func requireFinite() throws(ArrayFileError) {
    let place: Int? =
      switch elements {
      case .uint8, .int32, .int64: nil
      case .float32(let values): values.firstIndex { !$0.isFinite }
      case .float64(let values): values.firstIndex { !$0.isFinite }
      }
    if let place { throw .notFinite(index: index(ofPlace: place), value: "\(doubles[place])") }
  }

  /// The index, one number an axis, of the number at a place of the row-major order.
  func index(ofPlace place: Int) -> [Int] {
    var (rest, index) = (place, [Int]())
    for length in shape.reversed() {
      index.append(rest % length)
      rest /= length
    }
    return index.reversed()
  }

  private var typeName: String {
    switch elements {
    case .uint8: "bytes"
    case .int32: "32-bit integers"
    case .int64: "64-bit integers"
    case .float32: "32-bit floating-point numbers"
    case .float64: "64-bit floating-point numbers"
    }
  }
}
