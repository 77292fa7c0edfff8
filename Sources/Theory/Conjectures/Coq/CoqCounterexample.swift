// SPDX-License-Identifier: GPL-3.0-or-later
import Claims
import Distillation
import ExactAlgebra

/// A Coq file that states a conjecture and refutes it on one instance, over every ordered field; the kernel checks the numbers by
/// computation with fractions.
///
/// The values of the words on the instance come from lemmas of Computed.v; every comparison in the statement is decided by
/// them, the conditions of a quantified part at one number, and what follows from the comparisons by propositional logic.
struct CoqCounterexample {
  private let statement: CoqStatement
  private let evaluator: Evaluator
  private let instance: Instance
  private let rows: Int
  private var terms: CoqTerms
  private var lines: [String] = []
  private var count = 0
  private let base: [(word: CoqWord, value: String)]

  /// - Throws: ``CoqStatementError``.
  init(_ conjecture: Conjecture, _ instance: Instance) throws(CoqStatementError) {
    statement = try CoqStatement(conjecture)
    (self.instance, evaluator) = (instance, Evaluator(Facts(instance)))
    rows = instance.n ?? instance.p2 + 2
    guard rows <= CoqCounterexample.mostRows else {
      throw CoqStatementError("n is \(rows), and Coq counts the rows in unary: at most \(CoqCounterexample.mostRows)")
    }
    let text = try statement.definition("statement")
    let rare: [CoqWord] = [.inputInformation, .modalityInformation].filter {
      !text.contains($0.text("w1", ("p1", "p2", "n")))
    }
    let words = CoqWord.allCases.filter { $0.isBase && !rare.contains($0) }
    let evaluator = evaluator
    base = words.compactMap { word in word.value(evaluator).map { (word, coqLiteral($0)) } }
    terms = CoqTerms(teacher: statement.isLeastSquares ? "(ols S)" : "w")
    terms.values = Dictionary(
      uniqueKeysWithValues: base.enumerated().map { ($1.word, (value: $1.value, proof: "v\($0)")) })
    terms.sizes = ("\(instance.p1)", "\(instance.p2)", "\(rows)")
    terms.weight = instance.lambda.map { coqLiteral($0) }
  }

  /// The largest n that is written.
  private static let mostRows = 10_000

  /// The file; `source` is what it calls the certificate.
  mutating func file(source: String) throws(CoqStatementError) -> String {
    let conjecture = statement.conjecture
    for premise in statement.premises {
      guard try decided(premise, terms) == true else { throw .notByComputation(premise) }
    }
    guard try decided(conjecture.conclusion, terms) == false else { throw .notByComputation(conjecture.conclusion) }
    if statement.hasWeight {
      let zero = Expression(.number(0))
      _ = try decided((zero, .less, Expression(.word(.lambda, nil))), terms)
    }
    let (p1, p2) = (instance.p1, instance.p2)
    let teacher = statement.isLeastSquares ? "" : " w"
    let weight = statement.hasWeight ? " (ofQ R \(terms.weight ?? "zeroQ"))" : ""
    let names = "[std \(pattern(base.indices.map { "v\($0)" }))]"
    let opened = statement.isLeastSquares ? "[S \(names)]" : "[S [w \(names)]]"
    return """
      \(CoqStatement.header(conjecture, source: source))

      \(try statement.definition(conjecture.coqName))

      Definition sigma : matrixL :=
        \(coq(instance.sigma, entry: coqLiteral)).

      Definition w1 : matrixL :=
        \(coq(instance.w1, entry: coqLiteral)).

      \(CoqLemmas.text)

      \(values)

      Theorem refuted (R : realFieldType) : ~ \(conjecture.coqName) R.
      Proof.
      move=> claim.
      have \(opened) := values R.
      \(lines.joined(separator: "\n"))
      have := claim \(p1)%N \(p2)%N S\(teacher) \(rows)%N\(weight).
      by tauto.
      Qed.

      """
  }

  /// A pattern that takes apart what /\\ joins.
  private func pattern(_ names: [String]) -> String {
    guard let last = names.last else { return "" }
    return names.dropLast().reversed().reduce(last) { "[\($1) \($0)]" }
  }

  /// That a model has the words' values, and is one of those that the statement is about.
  private var values: String {
    let (p1, p2) = (instance.p1, instance.p2)
    let isOls = statement.isLeastSquares
    let (weights, teacher) = isOls ? ("(olsL \(p1) \(p2) sigma)", "(ols S)") : ("w1", "w")
    let facts = base.map { "\($0.word.text(teacher, terms.sizes)) = ofQ R \($0.value)" }
    var proofs = base.map { "by \($0.word.tactic(terms.sizes)); apply: ofQ_same; vm_cast_no_check (erefl true)" }
    let last = proofs.popLast() ?? "by []"
    return """
      Lemma values (R : realFieldType) : exists (S : cov R \(p1) \(p2))\(isOls ? "" : " (w : 'cV[R]_\(p1))"),
        standing S \(teacher) \(rows) /\\
        \(facts.joined(separator: " /\\\n  ")).
      Proof.
      have std : stands \(p1) \(p2) sigma \(weights) by vm_cast_no_check (erefl true).
      have [p20 ok pS w0 ws0] := stands_facts R std.
      \(isOls ? "have ls : ols_ok \(p1) sigma by vm_cast_no_check (erefl true).\n" : "")\
      exists (model \(p1) \(p2) sigma R)\(isOls ? "; rewrite (olsE R \(p2) ls)" : ", (teacher \(p1) w1 R)").
      split; first by split.
      \(proofs.map { "split; first \($0).\n" }.joined())\(last).
      Qed.
      """
  }

  // MARK: Facts

  /// Whether a condition holds by computation, with the facts that show it; nil where it takes more than that.
  private mutating func decided(_ formula: Formula, _ terms: CoqTerms, _ variable: (String, Rational)? = nil)
    throws(CoqStatementError) -> Truth
  {
    switch formula.kind {
    case .comparison(let comparison):
      var all: [Truth] = []
      for step in CoqStatement.steps(comparison) { all.append(try decided(step, terms, variable)) }
      return Kleene.all(all)
    case .helps:
      let (c, variance) = (Expression(.word(.residualCovariance, nil)), Expression(.word(.residualVariance, nil)))
      return try decided((c, .less, variance), terms)
    case .all(let parts): return Kleene.all(try decided(parts, terms, variable))
    case .any(let parts): return Kleene.any(try decided(parts, terms, variable))
    case .not(let part): return try decided(part, terms, variable).map { !$0 }
    case .implies(let premise, let conclusion):
      let (supposed, concluded) = (try decided(premise, terms, variable), try decided(conclusion, terms, variable))
      return Kleene.any([supposed.map { !$0 }, concluded])
    case .iff(let parts): return Kleene.iff(try decided(parts, terms, variable))
    case .forVariable(let quantifier, let name, let domain, let body):
      return try decided(quantifier, name, domain, body, terms)
    default: throw .noWord(Printer().text(formula))
    }
  }

  private mutating func decided(_ parts: [Formula], _ terms: CoqTerms, _ variable: (String, Rational)?)
    throws(CoqStatementError) -> [Truth]
  {
    var all: [Truth] = []
    for part in parts { all.append(try decided(part, terms, variable)) }
    return all
  }

  /// One comparison, by the values of its sides.
  private mutating func decided(
    _ step: (Expression, Relation, Expression), _ terms: CoqTerms, _ variable: (String, Rational)? = nil
  ) throws(CoqStatementError) -> Truth {
    func bound(_ expression: Expression) -> Expression {
      variable.map { expression.with($0.0, as: $0.1) } ?? expression
    }
    let comparison = Formula.Comparison(
      first: bound(step.0), rest: [.init(relation: step.1, expression: bound(step.2))])
    guard let holds = evaluator.truth(Formula(.comparison(comparison))).holds else {
      throw CoqStatementError("a part of it is undefined on this instance, where Coq's division by 0 gives 0")
    }
    var (text, left, right) = try terms.comparison(step.0, step.1, step.2)
    var relation = step.1
    if relation == .greater || relation == .greaterOrEqual {
      (left, right, relation) = (right, left, relation.reversed)
    }
    let lemma: String
    switch relation {
    case .less, .greater: lemma = holds ? "less" : "not_less"
    case .lessOrEqual, .greaterOrEqual: lemma = holds ? "at_most" : "not_at_most"
    case .equal, .unequal:
      text = "\(left.text) = \(right.text)"
      lemma = holds == (relation == .equal) ? "equal" : "not_equal"
    }
    count += 1
    let (x, y) = ("x\(count)", "y\(count)")
    for (name, term) in [(x, left), (y, right)] {
      lines.append("have \(name) : \(term.text) = ofQ R \(term.computed) := \(term.proof).")
    }
    let said = lemma.hasPrefix("not") ? "~ (\(text))" : text
    lines.append("have fact\(count) : \(said) by apply: (\(lemma) \(x) \(y)); vm_cast_no_check (erefl true).")
    return holds
  }

  /// A rational number in the range at which a condition is decisive; nil where only irrational ones are, or none.
  private func witness(_ quantifier: Quantifier, _ domain: Domain, _ body: Formula) -> Rational? {
    guard let (condition, points, _) = try? evaluator.decision(quantifier, domain, body),
      case .interval(let lower, let upper)? = try? evaluator.range(quantifier, domain)
    else { return nil }
    func isInside(_ x: Rational) -> Bool {
      (lower.map { $0.value < x || $0.isClosed && $0.value == x } ?? true)
        && (upper.map { x < $0.value || $0.isClosed && $0.value == x } ?? true)
    }
    // What stands for an interval may be its open end: then a little beyond it.
    let beyond = points.rational.flatMap { x in (0...40).map { x + Rational.powerOfTwo(-$0) } }
    return (points.rational + beyond).first { x in
      isInside(x) && condition.holds { $0(x).signum } == (quantifier == .some)
    }
  }

  /// What holds for all values of a variable fails at one; what holds for some holds at one.
  private mutating func decided(
    _ quantifier: Quantifier, _ name: String, _ domain: Domain, _ body: Formula, _ terms: CoqTerms
  ) throws(CoqStatementError) -> Truth {
    let formula = Formula(.forVariable(quantifier, name, domain, body))
    let decisive = quantifier == .some
    guard quantifier != .allSmall, evaluator.truth(formula).holds == decisive,
      let witness = witness(quantifier, domain, body)
    else { return nil }
    var inner = terms
    inner.variable = coqLiteral(witness)
    let outer = lines
    lines = []
    for step in CoqStatement.range(name, domain) { _ = try decided(step, inner, (name, witness)) }
    let holds = try decided(body, inner, (name, witness))
    let inside = lines.map { "  " + $0 }
    lines = outer
    guard holds == decisive else { return nil }
    count += 1
    let text = try statement.text(formula, terms)
    lines.append("have fact\(count) : \(decisive ? text : "~ \(text)").")
    lines += inside
    lines.append(
      decisive
        ? "  by exists (ofQ R \(coqLiteral(witness))); tauto."
        : "  by move=> /(_ (ofQ R \(coqLiteral(witness)))); tauto.")
    return holds
  }
}

extension CoqStatementError {
  fileprivate static func notByComputation(_ formula: Formula) -> CoqStatementError {
    CoqStatementError(
      "no one computation decides \(Printer().text(formula).prefix(80)) here: what holds for all numbers takes a proof")
  }
}

extension Expression {
  /// With a number in place of the variable of a quantifier.
  fileprivate func with(_ name: String, as value: Rational) -> Expression {
    func all(_ parts: [Part]) -> [Part] {
      parts.map { Part(isInverse: $0.isInverse, expression: $0.expression.with(name, as: value)) }
    }
    switch kind {
    case .variable(name):
      let number = Expression(.number(value.magnitude))
      return value.signum < 0 ? Expression(.sum([Part(isInverse: true, expression: number)])) : number
    case .risk(let argument): return Expression(.risk(argument.with(name, as: value)))
    case .call(let function, let arguments):
      return Expression(.call(function, arguments.map { $0.with(name, as: value) }))
    case .sum(let parts): return Expression(.sum(all(parts)))
    case .product(let parts): return Expression(.product(all(parts)))
    case .power(let base, let power): return Expression(.power(base.with(name, as: value), power))
    default: return self
    }
  }
}

extension Conjecture {
  /// The statement as a Coq `Definition`, and its refutation on `instance`, which the kernel checks.
  ///
  /// It is a whole file for a folder below `proofs`; `source` is what it calls the instance.
  ///
  /// - Throws: ``CoqStatementError`` where the instance is no counterexample, the words of the proofs say less than the
  ///   statement, or no one computation refutes it.
  public func coqRefutation(on instance: Instance, source: String) throws(CoqStatementError) -> String {
    _ = try CoqStatement(self)
    guard claim.evaluate(Facts(instance)).isViolation else {
      throw CoqStatementError("the instance is no counterexample: the premise fails there, or the conclusion holds")
    }
    var counterexample = try CoqCounterexample(self, instance)
    return try counterexample.file(source: source)
  }
}
