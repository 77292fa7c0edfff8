import PlainText
import ExactJSON
import ForeignPrograms

extension VectorSuite {
  /// Judges an implementation in this process.
  ///
  /// - Parameter random: how many fresh random cases are tried besides, and their seed.
  public func report(on implementation: some Implementation, random: (count: Int, seed: UInt64)? = nil)
    -> ConformanceReport
  {
    let introduction = implementation.introduction
    func reply(_ request: Request) -> Reply {
      guard let operation = Operation(rawValue: request.operation) else { return .skipped("no such operation") }
      do { return .result(try implementation.output(of: operation, input: request.input)) } catch {
        return .errored("\(error)")
      }
    }
    let outcomes = plan(for: introduction).map { entry in
      entry.reasonToSkip.map { VectorOutcome(entry.operation, entry.vector, skipped: $0) }
        ?? VectorOutcome(entry.operation, entry.vector, reply(entry.request))
    }
    return ConformanceReport(
      subject: introduction.name, introduction: introduction, outcomes: outcomes,
      random: findings(random, introduction) { $0.map(reply) }, remarks: introduction.unknownOperations,
      standardError: "", wasInterrupted: false, notes: notes)
  }

  /// What random cases of the suite's operations show, of those that are listed.
  private func findings(
    _ random: (count: Int, seed: UInt64)?, _ introduction: Introduction, _ ask: @escaping ([Request]) -> [Reply]
  ) -> RandomFindings? {
    let operations = files.map(\.operation).filter { introduction.operations.contains($0.rawValue) }
    guard let random, !operations.isEmpty else { return nil }
    return RandomSearch(seed: random.seed, operations: operations, ask: ask).findings(count: random.count)
  }

  /// Runs a program and judges it.
  ///
  /// Whatever the program does, every vector gets an outcome. `isStopped` is asked several times a second.
  ///
  /// - Throws: `ForeignProgramError` where there is no such program.
  public func report(
    on command: ForeignCommand, limits: ProgramLimits = ProgramLimits(),
    random: (count: Int, seed: UInt64)? = nil, until isStopped: @escaping () -> Bool = { false },
    progress: (Int) -> Void = { _ in }
  ) throws(ForeignProgramError) -> ConformanceReport {
    _ = try command.executable()
    let run = ProgramRun(command, limits: limits)
    let problem = run.start()
    let plan = plan(for: run.introduction)
    let asked = plan.filter { $0.reasonToSkip == nil }
    var replies: [Reply]
    var findings: RandomFindings?
    if let problem {
      replies = asked.map { _ in .notAsked(problem) }
    } else {
      replies = run.ask(asked.map(\.request), until: isStopped, progress: progress)
      findings = run.introduction.flatMap { self.findings(random, $0) { run.ask($0, until: isStopped) } }
      run.stop()
    }
    var next = replies.makeIterator()
    let outcomes = plan.map { entry in
      entry.reasonToSkip.map { VectorOutcome(entry.operation, entry.vector, skipped: $0) }
        ?? VectorOutcome(entry.operation, entry.vector, next.next() ?? .notAsked("the run ended"))
    }
    let start = problem.map { ["it could not be started: \($0)"] } ?? []
    return ConformanceReport(
      subject: command.description, introduction: run.introduction, outcomes: outcomes,
      random: findings, remarks: start + (run.introduction?.unknownOperations ?? []) + run.remarks + run.noise.remarks,
      standardError: run.errors, wasInterrupted: isStopped(), notes: notes)
  }

  /// What each flag means, once.
  private var notes: [VectorFile.Note] {
    var seen = Set<String>()
    return files.flatMap(\.notes).filter { seen.insert($0.flag).inserted }
  }

  private struct Entry {
    let operation: Operation
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
    let known = Operation.allCases.map(\.rawValue)
    return operations.filter { !known.contains($0) }.map { name in
      let near = nearestName(to: name, among: known).map { "; did it mean \($0)?" }
      return "it lists \"\(name)\", which is no operation\(near ?? "")"
    }
  }
}
