// SPDX-License-Identifier: GPL-3.0-or-later
import PropertyTesting

/// Random statements, mostly without parentheses, so that what binds tighter shows; the shortest are the simplest.
enum RandomStatement {
  static func text(_ tape: inout ChoiceTape) throws -> String {
    let count = try Generator.int(in: 1...4, towards: 1)(&tape)
    var text = try condition(&tape)
    for _ in 1..<count {
      let connective = try Generator.element(of: ["and", "or", "=>", "⇒", "∧", "∨", "<=>"])(&tape)
      text += " \(connective) \(try condition(&tape))"
    }
    return text
  }

  private static func condition(_ tape: inout ChoiceTape) throws -> String {
    let kind = tape.integer(in: 0...9)
    switch kind {
    case 0...3: return try comparison(&tape)
    case 4: return "\(tape.integer(in: 0...1) == 0 ? "not" : "¬") \(try comparison(&tape))"
    case 5: return "helps"
    case 6: return try chain(&tape)
    case 7: return "(\(try comparison(&tape)) \(tape.integer(in: 0...1) == 0 ? "or" : "and") \(try comparison(&tape)))"
    case 8: return "(\(try quantified(&tape)))"
    default: return "not (\(try comparison(&tape)) and \(try comparison(&tape)))"
    }
  }

  /// Words of one unit.
  private static let words: [[String]] = [
    [
      "c", "var(y|x2)", "B", "V", "A", "G", "R0", "R_inf", "slack", "D", "curvature", "var(t)", "var(y)", "cov(t,y)",
      "best_gain", "σε²", "ση²", "R∞", "var(t - y)", "var(s)", "cov(t, s)", "tuned_gain", "R(1/2)", "R(λ)", "abs(c)",
      "min(c, B)", "max(B, V, slope)",
    ],
    [
      "I(t;s)", "I(s;y)", "I(x1;x2)", "I(t;s|y)", "I(x1;y)", "dI", "ΔI", "I(t;y|x2)", "ln(k + 2)",
      "min(I(t;s), I(s;y))",
    ],
    ["k", "beta", "β", "λ", "alpha*", "corr2(t,y)", "n/9", "λ*", "window.upper", "c/var(y)", "k^2", "B²/var(y)²"],
  ]

  private static func comparison(_ tape: inout ChoiceTape) throws -> String {
    let unit = words[tape.integer(in: 0...2)]
    return try "\(side(unit, &tape)) \(relation(&tape)) \(side(unit, &tape))"
  }

  private static func chain(_ tape: inout ChoiceTape) throws -> String {
    let unit = words[tape.integer(in: 0...1)]
    return try "\(side(unit, &tape)) \(relation(&tape)) \(side(unit, &tape)) \(relation(&tape)) \(side(unit, &tape))"
  }

  /// A word or a multiple of it; what may be infinite stands alone.
  private static func side(_ unit: [String], _ tape: inout ChoiceTape) throws -> String {
    let word = try Generator.element(of: unit)(&tape)
    if word == "λ*" || word == "window.upper" || tape.integer(in: 0...2) == 0 { return word }
    let factor = try Generator.element(of: ["1/2", "2", "3/4", "5/8", "3", "-1/2", "7/4"])(&tape)
    return "\(factor)*\(word)"
  }

  private static func relation(_ tape: inout ChoiceTape) throws -> String {
    try Generator.element(of: ["<", "<=", ">", ">=", "≤", "≥", "!="])(&tape)
  }

  /// No range has an end at 0, where R(λ) = R0.
  private static func quantified(_ tape: inout ChoiceTape) throws -> String {
    let quantifier = tape.integer(in: 0...1) == 0 ? "for all" : "for some"
    let ends = ["(1/8, 1)", "[1/4, 3)", "(1/2, 9]", "(1/16, 1/2]"]
    let range = tape.integer(in: 0...1) == 0 ? "in \(try Generator.element(of: ends)(&tape))" : "> 1/8"
    let factor = try Generator.element(of: ["1", "7/8", "9/8", "5/4"])(&tape)
    let bound = factor == "1" ? "R0" : "\(factor)*R0"
    return "\(quantifier) lambda \(range): R(lambda) \(try relation(&tape)) \(bound)"
  }
}
