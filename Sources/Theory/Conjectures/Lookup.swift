// SPDX-License-Identifier: GPL-3.0-or-later
import Claims

/// What a claim was named by, and is not.
public enum ClaimLookupError: Error, CustomStringConvertible {
  /// No claim of this name, and the text does not look like a statement.
  case unknown(UnknownClaim)
  /// A statement that cannot be read.
  case statement(ConjectureError)

  /// What is wrong.
  public var description: String {
    switch self {
    case .unknown(let error): "\(error); a statement in text is written like \"c < var(y|x2)\""
    case .statement(let error): error.description
    }
  }

  /// Two lines that show the place, where there is one.
  public var excerpt: String? { if case .statement(let error) = self { error.excerpt } else { nil } }
}

/// The claim of this name, or the one that the text states.
///
/// - Throws: ``ClaimLookupError``.
public func claim(namedOrStated text: String) throws(ClaimLookupError) -> any Claim {
  let unknown: UnknownClaim
  do throws(UnknownClaim) { return try Claims.claim(text) } catch { unknown = error }
  // A name is one word of letters, digits and hyphens.
  if text.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) || $0 == "-" }) { throw .unknown(unknown) }
  do throws(ConjectureError) { return try Conjecture(text).claim } catch { throw .statement(error) }
}

extension Claim {
  /// The statement that it was read from; nil for a claim that is written in Swift.
  public var stated: Conjecture? {
    (self as? ConjectureClaim)?.conjecture ?? (self as? ScreenedConjecture)?.base.conjecture
  }
}

/// The vocabulary, for people.
public struct Vocabulary {
  /// A word, or a form that words have.
  public struct Entry: Sendable {
    /// The spelling in symbols, and the one in ASCII.
    public let symbol, ascii: String
    /// The unit, in short.
    public let unit: String
    /// What it means.
    public let meaning: String
  }

  /// Every word of statements, in the order of the documentation.
  public static let entries: [Entry] =
    Word.allCases.map {
      Entry(symbol: $0.spellings.symbol, ascii: $0.spellings.ascii, unit: $0.unit.short, meaning: $0.meaning)
    } + forms.map { Entry(symbol: $0.0, ascii: $0.1, unit: $0.2, meaning: $0.3) }

  private static let forms: [(String, String, String, String)] = [
    ("R(x)", "R(x)", "y²", "the risk at λ = x"),
    ("I(u; v | w)", "I(u; v | w)", "nats", "mutual information of u and v given w; the part | w may be left out"),
    ("var(u | w)", "var(u | w)", "u²", "variance; of a vector the trace of its covariance"),
    ("cov(u, v | w)", "cov(u, v | w)", "u·v", "covariance; of vectors of one size the trace"),
    ("corr(u, v | w)", "corr(u, v | w)", "1", "correlation of scalars"),
    ("corr²(u, v | w)", "corr2(u, v | w)", "1", "its square"),
    ("det(u | w)", "det(u | w)", "|u|²", "determinant of the covariance"),
    (
      "x1, x2, y, t, s", "x1, x2, y, t, s", "x1, x2, y",
      "vectors: the modalities, label, teacher t = w1ᵀx1, best student s = w*ᵀx2"
    ),
    ("joint", "joint", "y", "the vector E[y | x1, x2], the best prediction of y by both modalities"),
    ("t′", "t'", "y", "the prediction of another teacher of the same x1 (key w1b)"),
    ("t1, t2", "t1, t2", "y", "the least-squares teachers of two candidate modalities"),
    ("t[j], t − 2*y", "t[j], t - 2*y", "y", "an output, from 0; a linear combination of vectors of one size"),
    ("[1 2; 0 1]*x1", "[1 2; 0 1]*x1", "x1", "a matrix of numbers times the coordinates of a vector"),
    ("(u, v)", "(u, v)", "—", "vectors side by side as one"),
    ("let u = …, r = …: …", "let u = …, r = …: …", "condition", "names for vectors and quantities"),
    ("ln(x)", "ln(x)", "nats", "of a positive number"),
    ("exp(2*I)", "exp(2*I)", "1", "of whole multiples of informations"),
    ("√(x)", "sqrt(x)", "√", "square root"),
    ("abs, min, max", "abs, min, max", "as given", "of numbers or informations"),
    (
      "floor(x), binomial(n, k)", "floor(x), binomial(n, k)", "1", "the whole part; the number of ways to choose k of n"
    ),
    (
      "sum over rows i: x", "sum over rows i: x", "as x",
      "over the rows of a design; σε²[i], ση²[i], c[i], V[i], β[i], slack[i] and ℓ[i] are of row i; also: mean over rows"
    ),
    ("sum over j < m: x", "sum over j < m: x", "as x", "over j = 0, 1, … below m; j is a number, and a power"),
    ("helps", "helps", "condition", "c < var(y|x2)"),
    ("∞", "inf", "1", "infinity, beside window.upper and λ*"),
    ("u ⊥ v | w", "u indep v | w", "condition", "independent, given w"),
    ("cov(u) ⪯ cov(v)", "cov(u) below cov(v)", "condition", "cov(v) − cov(u) is positive semidefinite"),
    ("teacher = ols", "teacher = ols", "condition", "the teacher is the least-squares one"),
    ("teacher = joint", "teacher = joint", "condition", "the teacher is E[y | x1, x2]"),
    ("I(t;s).A, helps.B", "I(t;s).A, helps.B", "as given", "of one of two instances A and B that a statement compares"),
    ("same Σ22, σε²", "same Sigma22, residual_variance", "condition", "two instances have these in common"),
    ("Σ22 = 1", "Sigma22 = 1", "condition", "the student's inputs are white"),
    ("∀λ > 0: …", "for all lambda > 0: …", "condition", "also: for some λ in (0, 1/2]: … and for all small λ: …"),
    ("for every output j: …", "for every output j: …", "condition", "also: for some output j: …"),
    (
      "∧, ∨, ¬, ⇒, ⇔", "and, or, not, =>, <=>", "condition",
      "connectives, tightest last to loosest: not, and, or, =>, <=>"
    ),
  ]
}
