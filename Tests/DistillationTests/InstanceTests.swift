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
