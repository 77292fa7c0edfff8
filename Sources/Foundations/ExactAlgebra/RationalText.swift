// SPDX-License-Identifier: GPL-3.0-or-later
import CFLINT

/// Why a text or a floating-point number is not an exact rational.
public enum NumberError: Error, Equatable, CustomStringConvertible {
  /// NaN or an infinity.
  case notFinite(String)
  /// The text is no number: the accepted forms are "-7", "3/50", "0.06" and "6e-2".
  case notANumber(String)
  /// The text has a zero denominator.
  case zeroDenominator(String)
  /// More digits than ``Rational/digitLimit``.
  case tooManyDigits(count: Int)
  /// A decimal exponent beyond ``Rational/digitLimit`` in size.
  case exponentTooLarge(String)

  /// The rule that was broken, and what to write instead.
  public var description: String {
    switch self {
    case .notFinite(let text): "\(text) is not finite; write a finite number"
    case .notANumber(let text):
      text.isEmpty
        ? "an empty text is no number; write one like \"3/50\", \"0.06\" or \"6e-2\""
        : "\"\(abbreviated(text))\" is no number; write one like \"3/50\", \"0.06\" or \"6e-2\""
    case .zeroDenominator(let text): "\"\(abbreviated(text))\" has denominator 0; write a nonzero denominator"
    case .tooManyDigits(let count): "a number of \(count) digits; at most \(Rational.digitLimit + 1) are read"
    case .exponentTooLarge(let text):
      "\"\(abbreviated(text))\" has an exponent beyond ±\(Rational.digitLimit), or takes more digits than that; write a number of fewer digits"
    }
  }
}

private func abbreviated(_ text: String) -> String {
  text.count <= 40 ? text : text.prefix(40) + "…"
}

extension Rational: CustomStringConvertible, LosslessStringConvertible {
  /// The largest decimal exponent that is read from a text.
  ///
  /// A numerator or denominator has at most one digit more, as 10 to this power has, however it is written: so every number that was read can be written
  /// and read again.
  public static let digitLimit = 10_000

  /// Reads "3/50", "-7", "0.06" or "6e-2", exactly.
  ///
  /// - Throws: ``NumberError``. Numbers beyond ``digitLimit`` are refused, not computed for ever.
  public init(parsing text: String) throws(NumberError) {
    let bytes = Array(text.utf8)
    guard bytes.count <= 2 * Rational.digitLimit + 16 else { throw .tooManyDigits(count: bytes.count) }
    if let slash = bytes.firstIndex(of: UInt8(ascii: "/")) {
      let denominator = bytes[(slash + 1)...]
      guard let first = denominator.first, first.isDigit else { throw .notANumber(text) }
      let (p, q) = (
        try Rational.integer(bytes[..<slash], of: text), try Rational.integer(denominator, of: text)
      )
      guard q.signum != 0 else { throw .zeroDenominator(text) }
      self = p / q
    } else {
      self = try Rational.decimal(bytes, of: text)
    }
  }

  /// Reads what ``init(parsing:)`` reads; nil where it throws.
  public init?(_ description: String) {
    guard let value = try? Rational(parsing: description) else { return nil }
    self = value
  }

  /// The canonical text: lowest terms, positive denominator, no denominator 1.
  public var description: String {
    withFLINT { own in
      guard let text = fmpq_get_str(nil, 10, own) else { return "" }
      defer { flint_free(text) }
      return String(cString: text)
    }
  }

  private static func decimal(_ bytes: [UInt8], of text: String) throws(NumberError) -> Rational {
    let exponentMark = bytes.firstIndex { $0 == UInt8(ascii: "e") || $0 == UInt8(ascii: "E") }
    let mantissa = bytes[..<(exponentMark ?? bytes.count)]
    var exponent = 0
    if let exponentMark {
      let digits = bytes[(exponentMark + 1)...]
      guard isInteger(digits) else { throw .notANumber(text) }
      let value = Int(String(decoding: digits, as: UTF8.self))
      guard let value, (-digitLimit...digitLimit).contains(value) else { throw .exponentTooLarge(text) }
      exponent = value
    }
    guard let point = mantissa.firstIndex(of: UInt8(ascii: ".")) else {
      return try scaled(mantissa, exponent, of: text)
    }
    let fraction = mantissa[(point + 1)...]
    let whole = mantissa[..<point]
    guard fraction.allSatisfy(\.isDigit), whole.contains(where: \.isDigit) || !fraction.isEmpty else {
      throw .notANumber(text)
    }
    return try scaled(whole + fraction, exponent - fraction.count, of: text)
  }

  /// A whole number times a power of ten, neither of which takes too many digits.
  private static func scaled(_ digits: ArraySlice<UInt8>, _ exponent: Int, of text: String) throws(NumberError)
    -> Rational
  {
    let number = try integer(digits, of: text)
    let significant = digits.drop { $0 == 0x30 || !$0.isDigit }.count
    guard significant == 0 || (-digitLimit...digitLimit + 1 - significant).contains(exponent) else {
      throw .exponentTooLarge(text)
    }
    return number * powerOfTen(significant == 0 ? 0 : exponent)
  }

  private static func isInteger(_ bytes: ArraySlice<UInt8>) -> Bool {
    var place = bytes.startIndex
    if place < bytes.endIndex, bytes[place] == UInt8(ascii: "-") || bytes[place] == UInt8(ascii: "+") { place += 1 }
    guard place < bytes.endIndex else { return false }
    while place < bytes.endIndex, bytes[place].isDigit { place += 1 }
    return place == bytes.endIndex
  }

  private static func integer(_ bytes: ArraySlice<UInt8>, of text: String) throws(NumberError) -> Rational {
    guard isInteger(bytes) else { throw .notANumber(text) }
    if bytes.count <= 18 { return Rational(small(bytes)) }
    let digits = bytes.first == UInt8(ascii: "+") ? bytes.dropFirst() : bytes
    let count = bytes.count - (bytes.first?.isDigit == true ? 0 : 1)
    guard count <= digitLimit + 1 else { throw .tooManyDigits(count: count) }
    var words = fmpq(num: 0, den: 1)
    let status = (digits.map(CChar.init(bitPattern:)) + [0]).withUnsafeBufferPointer {
      fmpz_set_str(&words.num, $0.baseAddress, 10)
    }
    guard status == 0 else { throw .notANumber(text) }
    return Rational(taking: words)
  }

  /// A whole number that fits in an `Int`, sign and digits checked.
  private static func small(_ bytes: ArraySlice<UInt8>) -> Int {
    var value = 0
    for place in bytes.indices where bytes[place].isDigit { value = 10 * value + Int(bytes[place] - 0x30) }
    return bytes[bytes.startIndex] == UInt8(ascii: "-") ? -value : value
  }

  /// 10 to the power of `exponent`, which may be negative.
  public static func powerOfTen(_ exponent: Int) -> Rational {
    var words = fmpq(num: 1, den: 1)
    withUnsafePointer(to: fmpz(10)) { ten in
      if exponent >= 0 {
        fmpz_pow_ui(&words.num, ten, UInt(exponent))
      } else {
        fmpz_pow_ui(&words.den, ten, UInt(-exponent))
      }
    }
    return Rational(taking: words)
  }
}

extension UInt8 {
  fileprivate var isDigit: Bool { self >= 0x30 && self <= 0x39 }
}
