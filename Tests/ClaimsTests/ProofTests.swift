// SPDX-License-Identifier: GPL-3.0-or-later
@testable import Claims
import Distillation
import ExactJSON
import Foundation
import Testing

/// The claims of the program against what Coq has checked: `proofs/index.json`, which the audit of the proofs compares
/// with Coq's own output.
@Suite struct ProofTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../..")

  private struct Statement { let name: String, theorem: Theorem, axioms: [JSONValue] }
  private struct Missing: Error { let what: String }

  private static func index() throws -> (statements: [Statement], agreements: Set<String>) {
    let document = try JSONValue(
      parsing: String(contentsOf: root.appendingPathComponent("proofs/index.json"), encoding: .utf8))
    guard case .array(let statements)? = document["statements"], case .array(let agreements)? = document["agreements"]
    else { throw Missing(what: "statements or agreements") }
    let read = try statements.map { entry -> Statement in
      guard case .string(let name)? = entry["statement"], case .bool(let holds)? = entry["holds"],
        case .string(let theorem)? = entry["theorem"], case .string(let file)? = entry["file"],
        case .array(let axioms)? = entry["axioms"], case .array(let assuming)? = entry["assuming"]
      else { throw Missing(what: "\(entry)") }
      let facts = assuming.compactMap { value -> String? in if case .string(let fact) = value { fact } else { nil } }
      return Statement(
        name: name, theorem: Theorem(holds: holds, name: theorem, file: file, assuming: facts), axioms: axioms)
    }
    let names = agreements.compactMap { value -> String? in if case .string(let name) = value { name } else { nil } }
    return (read, Set(names))
  }

  private static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
  }

  /// The files that Coq files are exported from.
  private static func sources() throws -> [String] {
    try ["certificates", "instances", "explain"].flatMap { folder in
      try FileManager.default.contentsOfDirectory(atPath: root.appendingPathComponent("fixtures/\(folder)").path)
        .filter { $0.hasSuffix(".json") }.map { "fixtures/\(folder)/\($0)" }
    }.sorted()
  }

  private static func module(_ path: String) -> String {
    let file = path.split(separator: "/").last.map(String.init) ?? path
    return file.replacing(".json", with: "").replacing("-", with: "_")
  }

  /// A true claim has its theorem, a false one the theorem that refutes it, from its certificate, an open one neither.
  @Test(arguments: listedClaims.map(\.id)) func claimsHaveTheirTheorems(id: String) throws {
    let claim = try #require(listedClaims.first { $0.id == id })
    guard claim.status != .open else {
      #expect(claim.theorem == nil)
      return
    }
    let theorem = try #require(claim.theorem)
    #expect(theorem.holds == claim.status.isProved && theorem.name == claim.identifier)
    #expect(try Self.text(theorem.file).contains("Theorem \(theorem.name) "))
    // The Coq files of certificates about classes are not written by the program.
    if let certificate = claim.certificatePath, claim is any Claim {
      #expect(theorem.file == "proofs/generated/\(Self.module(certificate)).v")
    }
  }

  /// Every claim that Coq states is one of the program's, and the program knows of it what Coq says.
  @Test func statementsHaveTheirClaims() throws {
    let (statements, _) = try Self.index()
    let claims = statements.filter { $0.name.hasPrefix("Claim.") }
    let decided = listedClaims.filter { $0.status != .open }
    #expect(Set(claims.map(\.name)) == Set(decided.map { "Claim.\($0.identifier)" }))
    #expect(claims.count == decided.count && Theorem.index.count == claims.count)
    for claim in claims { #expect(Theorem.index[String(claim.name.dropFirst(6))] == claim.theorem) }
    #expect(statements.allSatisfy { $0.theorem.holds || $0.name.hasPrefix("Claim.") })
  }

  /// No proof rests on an axiom but those with the logarithm, and no true claim holds for want of cases.
  @Test func proofsAreSound() throws {
    let (statements, _) = try Self.index()
    for statement in statements where !statement.name.hasPrefix("Nats.") && !statement.name.hasSuffix("_nats") {
      #expect(statement.axioms.isEmpty, "\(statement.name)")
    }
    let names = Set(statements.map(\.name))
    for claim in listedClaims where claim.status.isProved {
      // What sharp supposes has a name of its own, since other claims build on it.
      let supposed = claim.id == "sharp" ? "standing" : claim.identifier
      #expect(names.contains("Satisfiable.\(supposed)"), "\(claim.id)")
    }
    #expect(names.isSuperset(of: ["Fact.student_min", "Fact.risk_expected", "Satisfiable.risk_expected"]))
  }

  /// The Coq files of all fixtures are what the program exports, and Coq has checked the program's numbers in each.
  @Test func numbersAreThoseOfTheModel() throws {
    let (_, agreements) = try Self.index()
    var expected: Set<String> = []
    let sources = try Self.sources()
    for source in sources {
      let problem = try ProblemFile(Data(contentsOf: Self.root.appendingPathComponent(source)))
      let name = source.split(separator: "/").last.map(String.init) ?? source
      let exported = try problem.exported(as: .coq, name: name)
      let committed = try Self.text("proofs/generated/\(Self.module(source)).v")
      #expect(exported == committed, "make exports; \(source)")
      expected.insert("\(Self.module(source)).moments_agree")
      if problem.instance.n != nil { expected.insert("\(Self.module(source)).training_agree") }
    }
    #expect(agreements == expected)
    let files = try FileManager.default.contentsOfDirectory(
      atPath: Self.root.appendingPathComponent("proofs/generated").path)
    #expect(Set(files.filter { $0.hasSuffix(".v") }) == Set(sources.map { Self.module($0) + ".v" }))
  }
}
