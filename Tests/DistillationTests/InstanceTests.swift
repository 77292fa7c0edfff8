// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra
import ExactJSON
import TestSupport
import Testing

@Suite struct InstanceTests {
  private let unit = RationalMatrix.identity(3)
  private let one = RationalMatrix.identity(1)

  @Test func everyBadInputIsNamed() throws {
    func expectError(_ error: InstanceError, _ body: () throws(InstanceError) -> Instance) {
      #expect(throws: error) { try body() }
    }
    expectError(.sizeTooSmall("p1", 0)) { () throws(InstanceError) in try Instance(sigma: unit, p1: 0, p2: 2, w1: one) }
    expectError(.sizeTooSmall("p2", -1)) { () throws(InstanceError) in try Instance(sigma: unit, p1: 3, p2: -1, w1: one)
    }
    expectError(.sizeTooSmall("q", 0)) { () throws(InstanceError) in
      try Instance(sigma: unit, p1: 1, p2: 2, q: 0, w1: one)
    }
    expectError(.sigmaSize(rows: 3, columns: 3, p1: 2, p2: 1, q: 1)) { () throws(InstanceError) in
      try Instance(sigma: unit, p1: 2, p2: 1, w1: one)
    }
    expectError(.sigmaSize(rows: 3, columns: 3, p1: .max, p2: 1, q: 1)) { () throws(InstanceError) in
      try Instance(sigma: unit, p1: .max, p2: 1, w1: one)
    }
    expectError(.sigma(.notPositiveDefinite(order: 1, minor: -1))) { () throws(InstanceError) in
      try Instance(sigma: Rational(-1) * unit, p1: 1, p2: 1, w1: one)
    }
    expectError(.teacherShape(rows: 2, columns: 1, p1: 1, q: 1)) { () throws(InstanceError) in
      try Instance(sigma: unit, p1: 1, p2: 1, w1: .column([1, 2]))
    }
    expectError(.illPosed(n: 2, p2: 1)) { () throws(InstanceError) in
      try Instance(sigma: unit, p1: 1, p2: 1, w1: one, n: 2)
    }
    expectError(.negativeLambda(-1)) { () throws(InstanceError) in
      try Instance(sigma: unit, p1: 1, p2: 1, w1: one, lambda: -1)
    }
    expectError(.split(p1a: 1, p1: 1)) { () throws(InstanceError) in
      try Instance(sigma: unit, p1: 1, p2: 1, w1: one, p1a: 1)
    }
    let valid = try Instance(sigma: unit, p1: 1, p2: 1, w1: one)
    #expect(throws: InstanceError.zeroOptimalStudent) { try valid.requireInformative() }
    #expect(throws: InstanceError.zeroTeacher) { try valid.with(w1: RationalMatrix.column([0])).requireInformative() }
    #expect(throws: InstanceError.illPosed(n: 0, p2: 1)) { try valid.with(n: 0) }
  }

  /// Each extra that breaks a rule is named, in a file too.
  @Test func everyBadExtraIsNamed() throws {
    let plain = try Instance(sigma: unit, p1: 1, p2: 1, w1: one)
    let rows = try RationalMatrix([[1], [2]])
    func moments(_ y: Rational, _ ty: Rational, _ t: Rational) -> RowMoments { RowMoments(y: y, ty: ty, t: t) }
    let bad: [(InstanceExtras, InstanceError)] = [
      (InstanceExtras(unlabelled: -1), .negativeUnlabelled(-1)),
      (InstanceExtras(ridge: Rational(-1, 2)), .negativeRidge(Rational(-1, 2))),
      (InstanceExtras(secondTeacher: .column([1, 2])), .secondTeacherShape(rows: 2, columns: 1, p1: 1, q: 1)),
      (InstanceExtras(secondTeacher: one), .secondTeacherIsFirst),
      (InstanceExtras(teacherRows: 3), .teacherRows(3, p1: 1, p2: 1)),
      (InstanceExtras(design: .identity(2)), .designWidth(columns: 2, p2: 1)),
      (InstanceExtras(design: .column([0, 0])), .deficientDesign(rows: 2, p2: 1)),
      (InstanceExtras(rowMoments: [moments(1, 0, 1)]), .rowMoments(count: 1, rows: nil)),
      (InstanceExtras(design: rows, rowMoments: [moments(1, 0, 1)]), .rowMoments(count: 1, rows: 2)),
      (
        InstanceExtras(design: rows, rowMoments: [moments(1, 0, 1), moments(0, 0, 1)]),
        .rowMoment(row: 1, moments(0, 0, 1))
      ),
      (
        InstanceExtras(design: rows, rowMoments: [moments(1, 2, 3), moments(1, 0, 1)]),
        .rowMoment(row: 0, moments(1, 2, 3))
      ),
    ]
    for (extras, error) in bad {
      #expect(throws: error) { try plain.with(extras: extras) }
      #expect(throws: error) { try Instance(sigma: unit, p1: 1, p2: 1, w1: one, extras: extras) }
      #expect(!"\(error)".isEmpty)
    }
    // A teacher that becomes the second one is refused too.
    let second = try plain.with(extras: InstanceExtras(secondTeacher: .column([2])))
    #expect(throws: InstanceError.secondTeacherIsFirst) { try second.with(w1: .column([2])) }
    func file(_ key: String) throws -> Instance {
      let text =
        "{\"schema\":\"cch.instance/1\",\"p1\":1,\"p2\":1,\"sigma\":[[1,0,0],[0,1,0],[0,0,1]],\"w1\":[1],\(key)}"
      return try Instance(document: JSONReader(JSONValue(parsing: text)))
    }
    for (key, part) in [
      ("\"unlabelled\":1.5", "unlabelled: expected a whole number"), ("\"unlabelled\":-2", "unlabelled is -2"),
      ("\"ridge\":\"x\"", "ridge: "), ("\"w1b\":[1]", "w1b is the same teacher"),
      ("\"design\":[[1],[1,2]]", "design: row 1"),
      ("\"design\":[[1]],\"row_moments\":[{\"y\":1,\"ty\":0}]", "row_moments[0]: the key \"t\" is missing"),
      ("\"design\":[[1]],\"row_moments\":[{\"y\":1,\"ty\":0,\"t\":1,\"x\":1}]", "row_moments[0]: unknown key \"x\""),
      ("\"design\":[[1]],\"row_moments\":[{\"y\":1,\"ty\":2,\"t\":1}]", "ty² ≤ y·t"),
    ] {
      let error = #expect(throws: InstanceFileError.self) { try file(key) }
      #expect(error?.description.contains(part) == true, "\(key): \(error?.description ?? "")")
    }
  }

  /// An instance without extras is written as before, one with them is read back as it is.
  @Test(arguments: 0..<8) func extrasRoundTrip(index: Int) throws {
    let plain = try RandomProblem(index).instance
    let text = plain.document.pretty
    #expect(
      !["unlabelled", "ridge", "w1b", "teacher_rows", "design", "row_moments"].contains { text.contains("\"\($0)\"") })
    let design = RationalMatrix(rows: plain.p2 + 1, columns: plain.p2) { $0 == $1 ? 1 : Rational($0, 7) }
    var extras = InstanceExtras(
      unlabelled: 0, ridge: Rational(3, 50), secondTeacher: 2 * plain.w1, teacherRows: plain.p1 + plain.p2 + 2,
      design: design)
    if plain.w1.isZero { extras.secondTeacher = nil }
    extras.rowMoments = (0...plain.p2).map { RowMoments(y: 1, ty: Rational(-1, 3), t: Rational($0 + 1)) }
    let full = try plain.with(extras: extras)
    #expect(try Instance(document: JSONReader(JSONValue(parsing: full.document.pretty))) == full)
    #expect(full != plain && full.document.pretty != text)
  }

  @Test(arguments: 0..<20) func filesRoundTrip(index: Int) throws {
    let instance = try RandomProblem(index).instance
    let text = instance.document.pretty
    #expect(try Instance(document: JSONReader(JSONValue(parsing: text))) == instance)
  }

  @Test(arguments: 0..<20) func leastSquaresTeacherSolvesTheNormalEquations(index: Int) throws {
    let problem = try RandomProblem(index)
    let i = problem.instance
    #expect(problem.block(i.x1, i.x1) * i.leastSquaresTeacher == problem.block(i.x1, i.y))
    let defaulted = try Instance(sigma: i.sigma, p1: i.p1, p2: i.p2, q: i.q, w1: nil)
    #expect(defaulted.w1 == i.leastSquaresTeacher)
  }

  @Test func candidatesSplitTheTeacherSide() throws {
    var source = testSource(1)
    let sigma = source.positiveDefinite(5)
    let whole = try Instance(sigma: sigma, p1: 3, p2: 1, w1: nil, p1a: 1)
    let (first, second) = try #require(whole.candidates)
    #expect(first.sigma == sigma.selecting([0, 3, 4]) && second.sigma == sigma.selecting([1, 2, 3, 4]))
    #expect(first.w1 == first.leastSquaresTeacher && second.p1 == 2)
    #expect(try Instance(sigma: sigma, p1: 3, p2: 1, w1: nil).candidates == nil)
  }
}
