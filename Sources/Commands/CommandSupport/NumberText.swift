// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra
import Foundation
import PlainText

// Numbers as text, for reading only. A rounded number never contradicts what is said beside it: exact values are rounded
// exactly, beyond the range of Double too, and where a text compares a value with a bound, the value is shown on its side.

/// A margin, exactly where it is short, else to four digits with ≈.
package func marginText(_ value: Rational) -> String {
  let exact = value.description
  return exact.count <= 9 ? withMinus(exact) : "≈ " + rounded(value)
}

/// The number to `digits` significant digits, as `%g` writes it: 0.0123, 1.5, 3.333e+399; "0" for zero alone.
package func rounded(_ value: Rational, digits: Int = 4) -> String {
  let (text, exponent) = value.scientific(digits: digits)
  let sign = value.signum < 0 ? "−" : ""
  if exponent >= -4, exponent < digits {
    if exponent < 0 { return sign + "0." + String(repeating: "0", count: -exponent - 1) + text }
    let whole = text.prefix(exponent + 1)
    let fraction = text.dropFirst(exponent + 1)
    return sign + whole + String(repeating: "0", count: exponent + 1 - whole.count)
      + (fraction.isEmpty ? "" : ".\(fraction)")
  }
  let size = abs(exponent) < 10 ? "0\(abs(exponent))" : "\(abs(exponent))"
  let tail = text.dropFirst()
  return sign + text.prefix(1) + (tail.isEmpty ? "" : ".\(tail)") + "e" + (exponent < 0 ? "−" : "+") + size
}

/// The number to four digits where the text says how it compares with `bound`: where four digits would put it on the bound or
/// beyond, the bound and the difference, "1 − 3.3e−08".
package func rounded(_ value: Rational, beside bound: Rational) -> String {
  let text = rounded(value)
  let shown = (try? Rational(parsing: text.replacing("−", with: "-"))) ?? value
  if (shown - bound).signum == (value - bound).signum { return text }
  let difference = value - bound
  return
    "\(withMinus(bound.description)) \(difference.signum < 0 ? "−" : "+") \(rounded(difference.magnitude, digits: 2))"
}

/// The same for a number that is not exact; "∞", and "–" for what is no number.
package func rounded(_ value: Double, beside bound: Double? = nil) -> String {
  guard let exact = try? Rational(exactly: value) else { return value.isNaN ? "–" : value > 0 ? "∞" : "−∞" }
  guard let bound, let exactBound = try? Rational(exactly: bound) else { return rounded(exact) }
  return rounded(exact, beside: exactBound)
}

/// The difference of two informations as it is compared with 0, "0.4055 − 0.2554 > 0"; with its value where the two look
/// alike and are not.
package func differenceText(_ first: HalfLogarithm, _ second: HalfLogarithm) -> String {
  let texts = [first, second].map { withMinus($0.nats(digits: 4)) }
  let difference = first - second
  let value = texts[0] == texts[1] && difference != .zero ? " = " + withMinus(difference.nats(digits: 2)) : ""
  let relation = difference > .zero ? ">" : difference == .zero ? "=" : "<"
  return "\(texts[0]) − \(texts[1])\(value) \(relation) 0"
}

/// The number with `digits` decimals, for reading only.
package func decimal(_ value: Double, _ digits: Int) -> String { withMinus(String(format: "%.\(digits)f", value)) }

/// A share of cases in percent, to `small` decimals below a tenth and `large` above; what is neither 0 nor 1 is not shown so.
package func percentText(_ share: Double, small: Int, large: Int) -> String {
  let digits = share < 0.0995 ? small : large
  let text = String(format: "%.*f", digits, 100 * share)
  let unit = pow(10, -Double(digits))
  if share > 0, Double(text) == 0 { return "<" + String(format: "%.*f", digits, unit) }
  if share < 1, Double(text) == 100 { return ">" + String(format: "%.*f", digits, 100 - unit) }
  return text
}

/// How long something took, such as "12.3 s", "45 ms" or "0.67 ms"; a dash for 0, which is what nobody measured.
package func timeText(_ seconds: Double) -> String {
  seconds == 0
    ? "–" : seconds >= 1 ? "\(decimal(seconds, 1)) s" : "\(decimal(1000 * seconds, seconds < 0.01 ? 2 : 0)) ms"
}

/// How long a run took, as a further clause; nothing for 0 seconds, which a campaign has, as its parts ran at different times.
package func timeTaken(_ seconds: Double, digits: Int) -> String {
  seconds == 0 ? "" : ", \(decimal(seconds, digits)) s"
}
