// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra
import SeededRuns
import TestSupport
import Testing

@Suite struct MatrixTests {
  @Test(arguments: 0..<30) func arithmeticAgainstNaiveLoops(index: Int) {
    var source = testSource(index)
    let (m, n, p) = (source.integer(in: 1...5), source.integer(in: 1...5), source.integer(in: 1...5))
    let (a, b, c) = (source.matrix(m, n), source.matrix(n, p), source.matrix(m, n))
    let product = a * b
    for i in 0..<m {
      for j in 0..<p { #expect(product[i, j] == (0..<n).reduce(Rational(0)) { $0 + a[i, $1] * b[$1, j] }) }
      for j in 0..<n {
        #expect((a + c)[i, j] == a[i, j] + c[i, j])
        #expect((a - c)[i, j] == a[i, j] - c[i, j])
        #expect((Rational(-3, 7) * a)[i, j] == Rational(-3, 7) * a[i, j])
        #expect(a.transposed[j, i] == a[i, j])
      }
    }
    #expect(a == (try? RationalMatrix(a.values)))
    #expect(a != a + RationalMatrix(rows: m, columns: n) { $0 == 0 && $1 == 0 ? Rational(1, 1000) : 0 })
  }

  @Test(arguments: 0..<30) func determinantByThreeWays(index: Int) throws {
    var source = testSource(index)
    let size = source.integer(in: 1...5)
    let a = source.matrix(size, size)
    let determinant = leibniz(a)
    #expect(a.determinant == determinant)
    if determinant.signum != 0 {
      let right = source.matrix(size, 2)
      #expect(a * (try a.solve(right)) == right)
      #expect(try a * a.inverse() == .identity(size))
    } else {
      #expect(throws: MatrixError.singular) { try a.inverse() }
    }
    let minors = Elimination(a, steps: size).leadingMinors
    for (order, minor) in minors.enumerated() { #expect(minor == leibniz(a.selecting(0...order))) }
    #expect(minors.count == size || minors.last?.signum == 0)
  }

  /// Σ over permutations: the definition, for small sizes.
  private func leibniz(_ a: RationalMatrix) -> Rational {
    func expand(_ row: Int, _ columns: [Int]) -> Rational {
      if columns.isEmpty { return 1 }
      return columns.enumerated().reduce(0) { sum, item in
        let rest = expand(row + 1, columns.filter { $0 != item.element })
        return sum + (item.offset % 2 == 0 ? 1 : -1) * a[row, item.element] * rest
      }
    }
    return expand(0, Array(0..<a.rows))
  }

  @Test(arguments: 0..<30) func schurComplementAgainstExplicitInverse(index: Int) throws {
    var source = testSource(index)
    let size = source.integer(in: 2...6)
    let steps = source.integer(in: 0...(size - 1))
    let sigma = source.positiveDefinite(size)
    let (first, rest) = (0..<steps, steps..<size)
    let cross = sigma.selecting(rows: first, columns: rest)
    let expected =
      steps == 0
      ? sigma : sigma.selecting(rest) - cross.transposed * (try sigma.selecting(first).inverse()) * cross
    #expect(Elimination(sigma, steps: steps).schurComplement == expected)
  }

  @Test func positiveDefinitenessNamesTheRule() throws {
    func problem(_ rows: [[Rational]]) -> MatrixError? {
      do throws(MatrixError) {
        try RationalMatrix(rows).requirePositiveDefinite()
        return nil
      } catch { return error }
    }
    #expect(problem([[2, 1], [1, 2]]) == nil)
    #expect(problem([[1, 2], [3, 1]]) == .notSymmetric(row: 0, column: 1, upper: 2, lower: 3))
    #expect(problem([[1, 2], [2, 1]]) == .notPositiveDefinite(order: 2, minor: -3))
    #expect(problem([[1, 1], [1, 1]]) == .notPositiveDefinite(order: 2, minor: 0))
    #expect(problem([[0, 0], [0, 1]]) == .notPositiveDefinite(order: 1, minor: 0))
    #expect(problem([[-1, 0], [0, -1]]) == .notPositiveDefinite(order: 1, minor: -1))
    #expect(problem([[1, 0, 0], [0, 1, 0]]) == .notSquare(rows: 2, columns: 3))
    #expect(problem([[1], [1, 2]]) == .ragged(row: 1, count: 2, expected: 1))
    #expect(
      problem([[Rational(1, 2), 0], [0, Rational(-1, 3)]]) == .notPositiveDefinite(order: 2, minor: Rational(-1, 6)))
    // The third pivot is divided by the one before the last: ⅓·(2·2 − 1·1) − 2·1·1 = −1.
    #expect(
      problem([[2, 1, 0], [1, 2, 1], [0, 1, Rational(1, 3)]]) == .notPositiveDefinite(order: 3, minor: -1))
    #expect(problem([[2, 1, 0], [1, 2, 1], [0, 1, 1]]) == nil)
  }

  @Test(arguments: 0..<60) func semidefinitenessAgainstPrincipalMinors(index: Int) {
    var source = testSource(index)
    let size = source.integer(in: 1...4)
    let thin = source.integers(size, source.integer(in: 1...size), in: -2...2)
    // A Gram matrix, often singular, sometimes pushed out of the cone.
    let push = Rational(source.integer(in: 0...1), source.integer(in: 1...3))
    let a = thin * thin.transposed - push * source.integers(size, size, in: 0...1).symmetricPart
    let minors = (1..<(1 << size)).map { subset in a.selecting((0..<size).filter { subset >> $0 & 1 == 1 }).determinant
    }
    #expect(a.isPositiveSemidefinite == minors.allSatisfy { $0.signum >= 0 })
  }

  @Test func selectionRepeatsAndReorders() throws {
    let a = try RationalMatrix([[1, 2], [3, 4]])
    #expect(a.selecting(rows: [1, 0, 1], columns: [1]).values == [[4], [2], [4]])
    #expect(a.trace == 5)
    #expect(a.firstAsymmetricPair.map { [$0.row, $0.column] } == [0, 1])
  }
}

extension RationalMatrix {
  fileprivate var symmetricPart: RationalMatrix { self + transposed }
}
