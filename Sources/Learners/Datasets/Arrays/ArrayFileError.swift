// SPDX-License-Identifier: GPL-3.0-or-later
import PlainText

/// Why bytes are not an array, or not the one that is needed; offsets count from the file's first byte.
public enum ArrayFileError: Error, Equatable, CustomStringConvertible {
  /// The formats that hold one array.
  public enum Format: String, Sendable {
    case idx = "IDX"
    case npy = "NumPy's .npy"
  }

  /// The file ends within its header.
  case truncatedHeader(Format, size: Int)
  /// The first bytes are not those of the format.
  case wrongMagic(Format, found: [UInt8])
  /// A version of `.npy` other than 1, 2 and 3.
  case unsupportedVersion(major: UInt8, minor: UInt8)
  /// The header breaks a rule.
  case malformedHeader(Format, offset: Int, rule: String)
  /// A number breaks a rule of its type.
  case malformedNumber(offset: Int, rule: String)
  /// The type of the numbers is none of those that are read.
  case unsupportedType(String)
  /// The array has no numbers: an axis has length 0.
  case noElements(shape: [Int])
  /// The shape has more numbers than any file can hold.
  case shapeTooLarge(shape: [Int])
  /// The header promises another number of bytes than follow it.
  case wrongSize(offset: Int, expected: Int, found: Int)
  /// The array has not the shape that is needed.
  case wrongShape(expected: String, found: [Int])
  /// The numbers have not the type that is needed.
  case wrongType(expected: String, found: String)
  /// NaN or an infinity; indices count from 0.
  case notFinite(index: [Int], value: String)
  /// Not a whole number where one is needed; indices count from 0.
  case notWhole(index: [Int], value: String)

  /// The place, the rule that it breaks, and what to do, in one line.
  public var description: String {
    switch self {
    case .truncatedHeader(let format, let size):
      "byte \(size): the file ends within the header of \(format.rawValue); fetch or write it again"
    case .wrongMagic(let format, let found): "byte 0: begins with \(hexadecimal(found)), not as \(format.rawValue) does"
    case .unsupportedVersion(let major, let minor):
      "byte 6: version \(major).\(minor) of .npy; 1.0, 2.0 and 3.0 are read"
    case .malformedHeader(let format, let offset, let rule): "byte \(offset): header of \(format.rawValue): \(rule)"
    case .malformedNumber(let offset, let rule): "byte \(offset): \(rule)"
    case .unsupportedType(let name):
      "numbers of type \(quoted(name)); truth values, integers and floating-point numbers of up to 64 bits are read: save "
        + "array.astype(\"<f8\")"
    case .noElements(let shape): "shape \(text(shape)) has no numbers; at least one is needed"
    case .shapeTooLarge(let shape): "shape \(text(shape)) is larger than any file; the header is corrupt"
    case .wrongSize(let offset, let expected, let found):
      "byte \(offset): \(found) bytes of numbers where the header promises \(expected); fetch or write the file again"
    case .wrongShape(let expected, let found): "shape \(text(found)) where \(expected) is needed"
    case .wrongType(let expected, let found): "\(found) where \(expected) are needed"
    case .notFinite(let index, let value): "index \(text(index)): \(value) is not finite; remove or replace it"
    case .notWhole(let index, let value): "index \(text(index)): \(value) is no whole number"
    }
  }

  private func text(_ numbers: [Int]) -> String { "(" + numbers.map(String.init).joined(separator: ", ") + ")" }
}
