import CFLINT

/// ½ ln(p/q) in 50 correctly rounded digits, by one logarithm where that settles them.
///
/// The logarithm is computed with 200 bits, so that 54 digits of it are known up to a unit in the last; unless the last four
/// are next to 5000, rounding them away is right.
final class ExactDecimals {
  private static let precision: mpfr_prec_t = 208
  private static let digits = 50
  private static let guardDigits = 4

  private var numerator = __mpfr_struct()
  private var denominator = __mpfr_struct()
  private let text = UnsafeMutablePointer<CChar>.allocate(capacity: 80)

  init() {
    mpfr_init2(&numerator, ExactDecimals.precision)
    mpfr_init2(&denominator, ExactDecimals.precision)
  }

  deinit {
    mpfr_clear(&numerator)
    mpfr_clear(&denominator)
    text.deallocate()
  }

  /// A logarithm ½ ln(p/q), with an absolute error below 2⁻²⁰⁰(1 + |value|).
  struct Value: ~Copyable {
    fileprivate var number = __mpfr_struct()

    init() { mpfr_init2(&number, ExactDecimals.precision) }

    deinit {
      var copy = number
      mpfr_clear(&copy)
    }
  }

  /// Sets `value` to ½ ln(p/q).
  func logarithm(_ p: UnsafePointer<fmpz>, _ q: UnsafePointer<fmpz>, into value: inout Value) {
    fmpz_get_mpfr(&numerator, p, MPFR_RNDN)
    fmpz_get_mpfr(&denominator, q, MPFR_RNDN)
    mpfr_div(&value.number, &numerator, &denominator, MPFR_RNDN)
    withUnsafeMutablePointer(to: &value.number) {
      _ = mpfr_log($0, $0, MPFR_RNDN)
      _ = mpfr_div_2ui($0, $0, 1, MPFR_RNDN)
    }
  }

  /// Sets `value` to a − b.
  func difference(_ a: inout Value, _ b: inout Value, into value: inout Value) {
    mpfr_sub(&value.number, &a.number, &b.number, MPFR_RNDN)
  }

  /// Appends 50 digits, as `HalfLogarithm.nats()` writes them; false where the error bound does not settle them.
  func append(_ value: inout Value, to out: inout [UInt8]) -> Bool {
    guard mpfr_zero_p(&value.number) == 0 else { return false }
    // The error is below 2⁻²⁰⁰ for |value| < 8; so for |value| ≥ 2⁻¹⁶ it is below 2⁻¹⁸⁴ = 4·10⁻⁵⁶ of the value.
    let binary = mpfr_get_exp(&value.number)
    guard (-15...3).contains(binary) else { return false }
    var exponent: mpfr_exp_t = 0
    let length = ExactDecimals.digits + ExactDecimals.guardDigits
    guard mpfr_get_str(text, &exponent, 10, length, &value.number, MPFR_RNDZ) != nil else { return false }
    let isNegative = text[0] == 0x2D
    let first = text + (isNegative ? 1 : 0)
    let tail = (ExactDecimals.digits..<length).reduce(0) { 10 * $0 + Int(first[$1] - 0x30) }
    // A unit of error on either side, and one of the cut: far from a rounding boundary?
    guard !(4996...5004).contains(tail) else { return false }
    if tail > 5000 { exponent += increment(first) }
    guard (-5...1).contains(exponent) else { return false }
    if isNegative { out.append(0x2D) }
    writeDigits(first, exponent: Int(exponent), to: &out)
    return true
  }

  /// Adds one to the 50th digit; 1 where that makes a digit more.
  private func increment(_ first: UnsafeMutablePointer<CChar>) -> mpfr_exp_t {
    var i = ExactDecimals.digits - 1
    while i >= 0, first[i] == 0x39 {
      first[i] = 0x30
      i -= 1
    }
    if i >= 0 {
      first[i] += 1
      return 0
    }
    first[0] = 0x31
    return 1
  }

  private func writeDigits(_ first: UnsafeMutablePointer<CChar>, exponent: Int, to out: inout [UInt8]) {
    func append(_ range: Range<Int>) { for i in range { out.append(UInt8(bitPattern: first[i])) } }
    if exponent > 0 {
      append(0..<exponent)
      out.append(0x2E)
      append(exponent..<ExactDecimals.digits)
    } else {
      out.append(0x30)
      out.append(0x2E)
      for _ in 0..<(-exponent) { out.append(0x30) }
      append(0..<ExactDecimals.digits)
    }
  }
}
