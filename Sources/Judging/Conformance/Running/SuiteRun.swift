// SPDX-License-Identifier: GPL-3.0-or-later
import Oracle
import PlainText
import ExactJSON
import ForeignPrograms
import LineProtocol
import Vectors

extension VectorSuite {
  /// Judges an implementation in this process.
  ///
  /// - Parameter random: how many fresh random cases are tried besides, and their seed.
  public func report(on implementation: some Implementation, random: (count: Int, seed: UInt64)? = nil)
    -> ConformanceReport
  {
    let introduction = implementation.introduction
    func reply(_ request: Request) -> Reply {
      guard let operation = OracleOperation(rawValue: request.operation) else { return .skipped("no such operation") }
      do { return .result(try implementation.output(of: operation, input: request.input)) } catch {
        return .errored("\(error)")
      }
    }
    let outcomes = plan(for: introduction).map { entry in
      entry.reasonToSkip.map { VectorOutcome(entry.operation, entry.vector, skipped: $0) }
        ?? VectorOutcome(entry.operation, entry.vector, reply(entry.request))
    }
    return ConformanceReport(
      subject: introduction.name, introduction: introduction, suiteVersion: version, suiteDigest: digest,
      outcomes: outcomes,
      random: findings(random, introduction) { requests, receive in
        for (index, request) in requests.enumerated() { receive(index, reply(request)) }
      }, breaches: [], remarks: introduction.unknownOperations, standardError: "", wasInterrupted: false, notes: notes)
  }

  /// What random cases of the suite's operations show, of those that are listed.
  private func findings(
    _ random: (count: Int, seed: UInt64)?, _ introduction: Introduction, _ ask: @escaping RandomSearch.Ask
  ) -> RandomFindings? {
    let operations = files.map(\.operation).filter { introduction.operations.contains($0.rawValue) }
    guard let random, !operations.isEmpty else { return nil }
    return RandomSearch(seed: random.seed, operations: operations, ask: ask).findings(count: random.count)
  }

  /// Runs a program and judges it.
  ///
  /// Whatever the program does once it has introduced itself, every vector gets an outcome. `isStopped` is asked several times
  /// a second.
  ///
  /// - Throws: `StartError` where there is no such program, it does not introduce itself, or it breaks down whatever it is asked.
  public func report(
    on command: ForeignCommand, limits: ProgramLimits = ProgramLimits(),
    random: (count: Int, seed: UInt64)? = nil, until isStopped: @escaping () -> Bool = { false },
    progress: (Int) -> Void = { _ in }
  ) throws(StartError) -> ConformanceReport {
    do throws(ForeignProgramError) { _ = try command.executable() } catch { throw .program(error) }
    let client = LineClient(command, limits: limits)
    try client.start(until: isStopped)
    let plan = plan(for: client.introduction)
    let asked = plan.filter { $0.reasonToSkip == nil }
    // Judged as it comes, so that no more is kept of an answer than can be shown.
    var judged: [Int: VectorOutcome] = [:]
    client.ask(asked.map(\.request), until: isStopped) { index, reply in
      judged[index] = VectorOutcome(asked[index].operation, asked[index].vector, reply)
      progress(judged.count)
    }
    if let useless = client.useless { throw useless }
    let findings = client.introduction.flatMap { introduction in
      self.findings(random, introduction) { client.ask($0, until: isStopped, receive: $1) }
    }
    client.stop()
    var next = asked.indices.makeIterator()
    let outcomes = plan.map { entry in
      entry.reasonToSkip.map { VectorOutcome(entry.operation, entry.vector, skipped: $0) }
        ?? next.next().flatMap { judged[$0] }
        ?? VectorOutcome(entry.operation, entry.vector, .notAsked("the run ended"))
    }
    return ConformanceReport(
      subject: command.description, introduction: client.introduction, suiteVersion: version, suiteDigest: digest,
      outcomes: outcomes, random: findings,
      breaches: client.breaches,
      remarks: (client.introduction?.unknownOperations ?? []) + client.remarks + client.noise.remarks,
      standardError: client.standardError, wasInterrupted: isStopped(), notes: notes)
  }

  /// What each flag means, once.
  private var notes: [VectorFile.Note] {
    var seen = Set<String>()
    return files.flatMap(\.notes).filter { seen.insert($0.flag).inserted }
  }

  private struct Entry {
    let operation: OracleOperation
    let vector: ConformanceVector
    let reasonToSkip: String?

    var request: Request { Request(operation: operation.rawValue, input: vector.input) }
  }

  /// Which vectors are for a program that introduces itself so.
  private func plan(for introduction: Introduction?) -> [Entry] {
    files.flatMap { file in
      file.tests.map { vector in
        let isListed = introduction?.operations.contains(file.operation.rawValue) ?? true
        let isTooExact = vector.exactOnly && introduction?.isExact == false
        let reason = isListed ? (isTooExact ? "for programs that compute exactly" : nil) : "not listed by the program"
        return Entry(operation: file.operation, vector: vector, reasonToSkip: reason)
      }
    }
  }
}

extension Introduction {
  /// A remark for each operation that it lists and that there is not.
  var unknownOperations: [String] {
    let known = OracleOperation.allCases.map(\.rawValue)
    return operations.filter { !known.contains($0) }.map { name in
      let near = nearestName(to: name, among: known).map { "; did it mean \($0)?" }
      return "it lists \"\(name)\", which is no operation\(near ?? "")"
    }
  }
}
