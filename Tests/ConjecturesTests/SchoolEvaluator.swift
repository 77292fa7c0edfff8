// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra

/// A second way to evaluate statements of p1 = p2 = q = 1, with school arithmetic: its own reader of the text, and every word
/// by its textbook formula in the six entries of Σ.
struct SchoolEvaluator {
  private let values: [String: Rational]
  private var tokens: [Substring] = []
  private var next = 0
  private(set) var dividedByZero = false

  /// Σ = [[a, d, e], [d, b, f], [e, f, c]] in the order x1, x2, y; w1 = w.
  init(a: Rational, b: Rational, c: Rational, d: Rational, e: Rational, f: Rational, w: Rational, n: Int) {
    self.init(SchoolEvaluator.values(a: a, b: b, c: c, d: d, e: e, f: f, w: w, n: n))
  }

  init(_ values: [String: Rational]) { self.values = values }

  /// The value of each word; of a second teacher −2w·x1, m = n+1, μ = 1/n and N = 2n.
  static func values(
    a: Rational, b: Rational, c: Rational, d: Rational, e: Rational, f: Rational, w: Rational, n: Int
  ) -> [String: Rational] {
    let (varT, own) = (w * w * a, f * f / b)
    let (noise, teacherNoise, shared) = (c - f * f / b, w * w * (a - d * d / b), w * (e - d * f / b))
    let (bias, k) = ((w * d - f) * (w * d - f) / b, 1 / Rational(n - 2))
    // What both inputs leave open of y, by Cramer's rule.
    let full = (a * (b * c - f * f) - d * (d * c - f * e) + e * (d * f - b * e)) / (a * b - d * d)
    let (g, h, total) = (w * d * f / b, own + k * noise, w * w * d * d / b + k * teacherNoise)
    let (cross, slack) = (g + k * shared, g * noise - own * shared)
    let free = slack == 0 ? 0 : k * k * slack * slack / (h * (h * total - cross * cross))
    return [
      "σε²": noise, "ση²": teacherNoise, "c": shared, "B": bias, "V": noise + teacherNoise - 2 * shared, "A": own,
      "G": w * d * f / b, "β": shared / noise, "k": k, "R0": noise * (1 + k), "slope": 2 * k * (shared - noise),
      "R∞": noise + bias + k * teacherNoise, "slack": noise - shared, "D": bias + k * (teacherNoise - noise),
      "curvature": bias + k * (noise + teacherNoise - 2 * shared), "p2": 1, "n": Rational(n), "var(t)": varT,
      "var(y)": c,
      "cov(t,y)": w * e, "var(t|s)": varT - w * w * d * d / b, "cov(x1,x2)": d, "corr²(s,y)": own / c,
      "exp(2*I(s;y))": c / noise, "exp(2*I(t;s))": varT * own / (varT * own - w * w * d * d * own / b),
      "exp(2*I(x1;y|x2))": (a - d * d / b) * noise / ((a - d * d / b) * noise - (e - d * f / b) * (e - d * f / b)),
      "var(2*t - y)": 4 * varT - 4 * w * e + c, "σ1²": full, "f²": (noise - full) / full, "m": Rational(n + 1),
      "μ": 1 / Rational(n), "N": 2 * Rational(n), "signed_tuned_gain": free, "tuned_gain": slack > 0 ? free : 0,
      "cov(joint,t)": w * e, "var(joint)": c - full, "cov(t',y)": -2 * w * e,
      "var(t' + t - 3*y)": varT + 6 * w * e + 9 * c,
      "cov((t, y), (y, s))": w * e + own, "var((t,2*s))": varT + 4 * own,
      // Of u = [1 −2]*(t, y), v = 3u + 2(t − s), r = β + k.
      "var(u)": varT - 4 * w * e + 4 * c, "cov(v,y)": 5 * w * e - 6 * c - 2 * own, "r": shared / noise + k,
      "corr²(u + 2*y,s)": w * w * d * d / b / varT,
    ]
  }

  /// The words that it knows, without a unit and with that of a variance.
  static let pure = [
    "β", "k", "p2", "n", "corr²(s,y)", "exp(2*I(s;y))", "exp(2*I(t;s))", "exp(2*I(x1;y|x2))", "f²", "m", "μ", "N",
  ]
  static let variances = [
    "σε²", "ση²", "c", "B", "V", "A", "G", "R0", "slope", "R∞", "slack", "D", "curvature", "var(t)", "var(y)",
    "cov(t,y)",
    "var(t|s)", "var(2*t - y)", "σ1²", "tuned_gain", "signed_tuned_gain", "cov(joint,t)", "var(joint)", "cov(t',y)",
    "var(t' + t - 3*y)", "cov((t, y), (y, s))", "var((t,2*s))",
  ]

  /// What `let` names in every draft, and the words that it brings.
  static let definitions = "let u = [1 -2]*(t, y), v = 3 u + 2*(t - s), r = β + k: "
  static let definedPure = ["r", "corr²(u + 2*y,s)"]
  static let definedVariances = ["var(u)", "cov(v,y)"]

  /// The truth of conditions that are joined by and, or, not, ⇒, in full brackets; nil where something is divided by 0.
  mutating func truth(_ tokens: [String]) -> Bool? {
    (self.tokens, next, dividedByZero) = (tokens.map { $0[...] }, 0, false)
    let holds = condition()
    return dividedByZero ? nil : holds
  }

  private mutating func take() -> String {
    next += 1
    return String(tokens[next - 1])
  }

  private mutating func condition() -> Bool {
    switch take() {
    case "[not":
      let holds = !condition()
      _ = take()
      return holds
    case "[":
      let left = condition()
      let connective = take()
      let right = condition()
      _ = take()
      return connective == "and" ? left && right : connective == "or" ? left || right : !left || right
    default:
      // "{": a comparison.
      let left = number()
      let relation = take()
      let right = number()
      _ = take()
      switch relation {
      case "<": return left < right
      case "≤": return left <= right
      case "=": return left == right
      default: return left != right
      }
    }
  }

  private mutating func number() -> Rational {
    let word = take()
    guard word == "(" else { return values[word] ?? Rational(word) ?? 0 }
    let left = number()
    let sign = take()
    let right = number()
    _ = take()
    switch sign {
    case "+": return left + right
    case "-": return left - right
    case "*": return left * right
    default:
      if right == 0 {
        dividedByZero = true
        return 0
      }
      return left / right
    }
  }
}
