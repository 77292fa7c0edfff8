// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON

/// What the independent check of one certificate found.
public struct CertificateCheck: Sendable, Equatable {
  /// The claim that the certificate is about.
  public let claim: String
  /// Whether the instance is valid, satisfies the hypothesis and breaks the conclusion, and every recorded value is right.
  public let holds: Bool
  /// What was found, in a line.
  public let message: String

  /// Whether there is a statement of `claim` here, in textbook formulas of its own.
  public static func knows(_ claim: String) -> Bool { Statement.all[claim] != nil }

  /// The claims of part two, about other baselines, rows and teachers, that it knows.
  public static var partTwo: Set<String> { Set(Statement.partTwo.keys) }

  /// Recomputes a certificate document (schema `cch.certificate/1`) from its Σ, w1, n and λ with plain fractions.
  ///
  /// Textbook formulas with explicit inverses, on whole numbers of any size; no arithmetic and no elimination is shared
  /// with the library that found the certificate, so one bug cannot vouch for itself.
  ///
  /// - Throws: ``CertificateError`` where the document lacks a part, and where its claim is a statement in text that takes more than
  ///   arithmetic, comparisons and connectives.
  public init(_ document: JSONValue) throws(CertificateError) {
    let statement = try CertifiedProblem(document)
    claim = statement.claim
    do throws(CertificateError) {
      message = try statement.refutation(recorded: document)
      holds = true
    } catch {
      if error.isRefusal { throw error }
      (holds, message) = (false, error.description)
    }
  }
}

/// Why a certificate does not hold.
public struct CertificateError: Error, Equatable, CustomStringConvertible {
  /// The reason, in a line.
  public let description: String
  /// Whether this check does not know enough to decide: nothing is said against the certificate.
  public let isRefusal: Bool

  init(_ description: String, isRefusal: Bool = false) { (self.description, self.isRefusal) = (description, isRefusal) }
}

/// The parts of a certificate document.
struct CertifiedProblem {
  let claim: String
  let sigma: FractionMatrix
  let p1, p2, q: Int
  let w1: FractionMatrix?
  let n, p1a: Int?
  let lambda: Fraction?
  let ridge: Fraction?
  let w1b, design: FractionMatrix?
  let teacherRows, unlabelled: Int?
  let rowMoments: [(y: Fraction, ty: Fraction, t: Fraction)]?
  /// The document of the second of two instances.
  let other: JSONValue?

  init(_ document: JSONValue) throws(CertificateError) {
    guard case .string(let claim)? = document["claim"] else { throw CertificateError("the key \"claim\" is missing") }
    try self.init(document, claim: claim)
  }

  init(_ document: JSONValue, claim: String) throws(CertificateError) {
    self.claim = claim
    other = document["other"]
    func integer(_ key: String) throws(CertificateError) -> Int? {
      guard let value = document[key] else { return nil }
      guard let fraction = scalar(value), fraction.denominator == 1, let integer = Int(exactly: fraction.numerator)
      else { throw CertificateError("\"\(key)\" is not a whole number") }
      return integer
    }
    guard let p1 = try integer("p1"), let p2 = try integer("p2"), let sigma = document["sigma"].flatMap(matrix) else {
      throw CertificateError("\"p1\", \"p2\" or \"sigma\" is missing or malformed")
    }
    (self.p1, self.p2, self.q, self.sigma) = (p1, p2, try integer("q") ?? 1, sigma)
    (n, p1a) = (try integer("n"), try integer("p1a"))
    w1 = document["w1"].flatMap(matrix)
    lambda = document["lambda"].flatMap(scalar)
    ridge = document["ridge"].flatMap(scalar)
    (w1b, design) = (document["w1b"].flatMap(matrix), document["design"].flatMap(matrix))
    (teacherRows, unlabelled) = (try integer("teacher_rows"), try integer("unlabelled"))
    rowMoments = document["row_moments"].flatMap { rows in
      guard case .array(let rows) = rows else { return nil }
      let read = rows.compactMap { row in
        if let y = row["y"].flatMap(scalar), let ty = row["ty"].flatMap(scalar), let t = row["t"].flatMap(scalar) {
          (y: y, ty: ty, t: t)
        } else {
          nil
        }
      }
      return read.count == rows.count ? read : nil
    }
  }

  /// Checks everything.
  ///
  /// - Returns: what was compared, in a line.
  /// - Throws: the first thing that does not hold.
  func refutation(recorded document: JSONValue) throws(CertificateError) -> String {
    if Statement.all[claim] == nil, !CertifiedProblem.isName(claim) {
      return try StatedCheck(self).refutation(recorded: document)
    }
    let model = try model()
    let comparison = try comparison(model)
    for (section, values) in [("hypothesis", comparison.hypothesis), ("conclusion", comparison.conclusion)] {
      try compareRecorded(document[section], values, section)
    }
    if let failed = comparison.hypothesisFailure { throw CertificateError("the hypothesis fails: \(failed)") }
    guard comparison.conclusionFails else {
      throw CertificateError("the conclusion holds, so nothing is refuted: \(inWords(comparison.conclusion))")
    }
    return "hypothesis: \(inWords(comparison.hypothesis)); conclusion fails: \(inWords(comparison.conclusion))"
  }

  /// The model, where the sizes fit and Σ is a covariance.
  func model() throws(CertificateError) -> TextbookModel {
    let size = p1 + p2 + q
    guard p1 > 0, p2 > 0, q > 0, sigma.height == size, sigma.width == size else {
      throw CertificateError("Σ does not have the size p1 + p2 + q")
    }
    guard sigma.isSymmetric, sigma.isPositiveDefinite else {
      throw CertificateError("Σ is not symmetric and positive definite")
    }
    if let w1, w1.height != p1 || w1.width != q { throw CertificateError("w1 is not p1 × q") }
    if let w1b, w1b.height != p1 || w1b.width != q { throw CertificateError("w1b is not p1 × q") }
    return try TextbookModel(sigma: sigma, p1: p1, p2: p2, q: q, w1: w1)
  }

  /// Whether it is one word of letters, digits and hyphens, as the names of claims are.
  private static func isName(_ text: String) -> Bool {
    text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) || $0 == "-" }
  }

  /// What the claim compares on this problem.
  private func comparison(_ model: TextbookModel) throws(CertificateError) -> Comparison {
    guard let statement = Statement.all[claim] else {
      throw CertificateError(
        "this check does not know the claim \"\(claim)\": it compares numbers, and recomputes no identity of closed forms"
      )
    }
    var result = Comparison()
    statement.assume(&result, model)
    if result.hypothesisFailure == nil { try statement.compare(&result, model, self) }
    return result
  }

  private func compareRecorded(_ section: JSONValue?, _ values: [(String, Fraction)], _ name: String)
    throws(CertificateError)
  {
    guard case .object(let members)? = section else { return }
    for member in members {
      guard let value = values.first(where: { $0.0 == member.key })?.1 else {
        throw CertificateError("\(name) records \"\(member.key)\", which is no quantity of this claim")
      }
      guard scalar(member.value) == value else {
        throw CertificateError("\(name) records \(member.key) = \(member.value), but it is \(value)")
      }
    }
  }
}

func inWords(_ values: [(String, Fraction)]) -> String {
  values.map { "\($0.0) = \($0.1)" }.joined(separator: ", ")
}

func scalar(_ value: JSONValue) -> Fraction? {
  switch value {
  case .string(let text), .number(let text): Fraction(text)
  default: nil
  }
}

/// Rows of numbers; a flat list is one column.
private func matrix(_ value: JSONValue) -> FractionMatrix? {
  guard case .array(let rows) = value, !rows.isEmpty else { return nil }
  var result: [[Fraction]] = []
  for row in rows {
    if let entry = scalar(row) {
      result.append([entry])
    } else {
      guard case .array(let entries) = row else { return nil }
      let numbers = entries.compactMap(scalar)
      guard numbers.count == entries.count, numbers.count == result.first?.count ?? numbers.count else { return nil }
      result.append(numbers)
    }
  }
  return FractionMatrix(result)
}
