// SPDX-License-Identifier: GPL-3.0-or-later
import IndependentCheck
import Claims
import Distillation
import ExactAlgebra
import ExactJSON
import Foundation
import TestSupport
import Testing

@testable import struct IndependentCheck.Fraction
@testable import struct IndependentCheck.FractionMatrix

@Suite struct CertificateCheckTests {
  private static let refuted = allClaims.filter(\.status.isRefuted).map(\.id)

  private func document(_ id: String) throws -> JSONValue {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
      "../../fixtures/certificates")
    return try JSONValue(parsing: Data(contentsOf: folder.appendingPathComponent(id + ".json")))
  }

  private func replacing(_ key: String, in document: JSONValue, _ change: (JSONValue) -> JSONValue?) -> JSONValue {
    guard case .object(let members) = document else { return document }
    return .object(members.compactMap { $0.key == key ? change($0.value).map { .init(key: key, value: $0) } : $0 })
  }

  /// Any single recorded value that is off by a millionth is found.
  @Test(arguments: refuted) func everyRecordedValueIsRecomputed(id: String) throws {
    let document = try document(id)
    #expect(try CertificateCheck(document).holds)
    for section in ["hypothesis", "conclusion"] {
      guard case .object(let members)? = document[section] else { throw Missing() }
      #expect(!members.isEmpty)
      for member in members {
        guard case .string(let text) = member.value else { throw Missing() }
        let wrong = JSONValue(try Rational(parsing: text) + Rational(1, 1_000_000))
        let forged = replacing(section, in: document) { replacing(member.key, in: $0) { _ in wrong } }
        let check = try CertificateCheck(forged)
        #expect(!check.holds && check.message.contains(member.key), "\(check.message)")
      }
    }
    let unknown = replacing("hypothesis", in: document) { _ in ["zeal": "1"] }
    #expect(try !CertificateCheck(unknown).holds)
    let silent = replacing("hypothesis", in: replacing("conclusion", in: document) { _ in nil }) { _ in nil }
    #expect(try CertificateCheck(silent).holds, "recorded values may be left out")
  }

  private struct Missing: Error {}

  @Test(arguments: refuted) func invalidInstancesRefuteNothing(id: String) throws {
    let document = replacing("hypothesis", in: replacing("conclusion", in: try document(id)) { _ in nil }) { _ in nil }
    func fails(_ key: String, _ change: (JSONValue) -> JSONValue?) throws -> String {
      let check = try CertificateCheck(replacing(key, in: document, change))
      #expect(!check.holds, "\(key)")
      return check.message
    }
    func firstEntry(_ text: JSONValue) -> (JSONValue) -> JSONValue? {
      { sigma in
        guard case .array(var rows) = sigma, case .array(var row) = rows[0] else { return nil }
        row[0] = text
        rows[0] = .array(row)
        return .array(rows)
      }
    }
    #expect(try fails("sigma", firstEntry("-1")).contains("positive definite"))
    #expect(try fails("sigma", firstEntry("0")).contains("positive definite"))
    #expect(try fails("p1") { _ in 7 }.contains("size"))
    #expect(try fails("p2") { _ in 0 }.contains("size"))
    #expect(try fails("q") { _ in 3 }.contains("size"))
    for claim in allClaims where claim.isIdentity {
      #expect(try fails("claim") { _ in .string(claim.id) }.contains("identity"))
    }
    #expect(try fails("claim") { _ in "nonsense" }.contains("nonsense"))
    // No certificate of a false claim refutes a true one.
    for claim in allClaims where claim.status.isProved { _ = try fails("claim") { _ in .string(claim.id) } }
  }

  @Test func conditionsOfTheClaims() throws {
    let unbounded = replacing("hypothesis", in: try document("unbounded")) { _ in nil }
    #expect(try !CertificateCheck(replacing("w1", in: unbounded) { _ in ["0"] }).holds)
    #expect(try !CertificateCheck(replacing("w1", in: unbounded) { _ in ["1/2"] }).holds, "half the scale helps")
    let fixed = try document("fixed-lambda")
    for (key, value) in [("lambda", JSONValue.string("0")), ("lambda", "1/100"), ("n", 2), ("n", 3)] {
      let changed = replacing("conclusion", in: replacing(key, in: fixed) { _ in value }) { _ in nil }
      #expect(try !CertificateCheck(changed).holds, "\(key) = \(value)")
    }
    #expect(try !CertificateCheck(replacing("lambda", in: fixed) { _ in nil }).holds)
    #expect(try !CertificateCheck(replacing("p1a", in: try document("teacher-ranking")) { _ in nil }).holds)
    let raw = replacing("w1", in: replacing("conclusion", in: try document("raw-modality")) { _ in nil }) { _ in
      ["2", "0"]
    }
    #expect(try CertificateCheck(raw).message.contains("w1 = Σ11⁻¹Σ13"))
    #expect(throws: CertificateError.self) { try CertificateCheck(["claim": "unbounded"]) }
    #expect(throws: CertificateError.self) { try CertificateCheck(["p1": 1]) }
  }
}

@Suite struct FractionTests {
  @Test(arguments: ["3/50", "-7", "0.06", "6e-2", "-3/6", "1.50e+1", ".5", "-0.25E2", "12e3"])
  func readsWhatTheLibraryReads(text: String) throws {
    let expected = try Rational(parsing: text)
    #expect(Fraction(text)?.description == expected.description)
  }

  @Test(arguments: ["", "1/0", "x", "1/2/3", "1e", "NaN", "1e99999999", "1e-9223372036854775808"]) func refuses(
    text: String
  ) {
    #expect(Fraction(text) == nil)
  }

  @Test(arguments: 0..<30) func matricesAgainstTheLibrary(index: Int) throws {
    var source = testSource(index)
    let size = source.integer(in: 1...5)
    let (a, b) = (source.integers(size, size), source.integers(size, size))
    func own(_ m: RationalMatrix) throws -> FractionMatrix {
      FractionMatrix(try m.values.map { try $0.map { try #require(Fraction($0.description)) } })
    }
    let (x, y) = (try own(a), try own(b))
    #expect(try x * y == own(a * b) && x - y == own(a - b) && x.transposed == own(a.transposed))
    #expect(x.determinant.description == a.determinant.description)
    #expect(x.trace.description == a.trace.description)
    if a.determinant.signum != 0 { #expect(try x.gaussJordan().inverse == own(a.inverse())) }
    let gram = a * a.transposed - (index % 3 == 0 ? RationalMatrix.identity(size) : .identity(size) - .identity(size))
    #expect(try own(gram).isPositiveSemidefinite == gram.isPositiveSemidefinite)
    #expect(try own(gram).isPositiveDefinite == ((try? gram.requirePositiveDefinite()) != nil))
  }
}
