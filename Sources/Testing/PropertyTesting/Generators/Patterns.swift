// SPDX-License-Identifier: MIT

extension Generator where Value == String {
  /// Strings that match `pattern` as a whole; short ones with early branches are the simplest.
  ///
  /// Known are literals, `.`, classes such as `[a-z_]` and `[^,]`, `\d \w \s` and their opposites, escapes, groups, `|`, and
  /// `* + ? {m,n}`, at most `repetitions` more than the least number.
  ///
  /// - Throws: ``PatternError`` that names the place where the pattern is not of this kind.
  public static func string(matching pattern: String, repetitions: Int = 20) throws(PatternError) -> Generator {
    let parts = pieces(try PatternParser.parse(pattern), repetitions)
    return Generator { tape in
      var text = String.UnicodeScalarView()
      for scalar in try parts(&tape) { text.append(scalar) }
      return String(text)
    }
  }

  private static func pieces(_ pattern: Pattern, _ most: Int) -> Generator<[Unicode.Scalar]> {
    switch pattern {
    case .scalar(let ranges): return scalar(ranges).map { [$0] }
    case .sequence(let parts):
      let generators = parts.map { pieces($0, most) }
      return Generator<[Unicode.Scalar]> { tape in try generators.flatMap { try $0(&tape) } }
    case .alternation(let branches):
      return Generator<[Unicode.Scalar]>.frequency(branches.map { (1, pieces($0, most)) })
    case .repetition(let part, let lower, let upper):
      return pieces(part, most).array(count: lower...Swift.min(upper ?? .max, lower + most)).map { $0.flatMap { $0 } }
    }
  }

  /// One of the scalars in `ranges`, the simplest one first.
  private static func scalar(_ ranges: [ClosedRange<UInt32>]) -> Generator<Unicode.Scalar> {
    let total = ranges.reduce(0) { $0 + $1.count }
    @Sendable func value(_ place: Int) -> Unicode.Scalar {
      var rest = place
      for range in ranges {
        if rest < range.count { return Unicode.Scalar(range.lowerBound + UInt32(rest)) ?? "a" }
        rest -= range.count
      }
      return "a"
    }
    let simplest = (0..<Swift.min(total, 200)).min { Scalars.place(of: value($0)) < Scalars.place(of: value($1)) } ?? 0
    return Generator<Unicode.Scalar> { tape in
      let place = tape.choose(in: 0...(total - 1), simplest: simplest) { proposal in
        // Rare scripts would hide the common ones.
        proposal.random.integer(in: 0...(proposal.random.integer(in: 0...3) > 0 ? Swift.min(total, 95) - 1 : total - 1))
      }
      return value(place)
    }
  }
}
