import ExactJSON
import ForeignPrograms

extension VectorSuite {
  /// Judges an implementation in this process.
  public func report(on implementation: some Implementation) -> ConformanceReport {
    let introduction = implementation.introduction
    let outcomes = plan(for: introduction).map { entry -> VectorOutcome in
      if let reason = entry.reasonToSkip { return VectorOutcome(entry.operation, entry.vector, skipped: reason) }
      let reply: Reply
      do { reply = .result(try implementation.output(of: entry.operation, input: entry.vector.input)) } catch {
        reply = .errored("\(error)")
      }
      return VectorOutcome(entry.operation, entry.vector, reply)
    }
    return ConformanceReport(
      subject: introduction.name, introduction: introduction, outcomes: outcomes,
      remarks: introduction.unknownOperations, standardError: "", wasInterrupted: false, notes: notes)
  }

  /// Runs a program and judges it.
  ///
  /// Whatever the program does, every vector gets an outcome. `isStopped` is asked several times a second.
  ///
  /// - Throws: `ForeignProgramError` where there is no such program.
  public func report(
    on command: ForeignCommand, limits: ProgramLimits = ProgramLimits(), until isStopped: () -> Bool = { false },
    progress: (Int) -> Void = { _ in }
  ) throws(ForeignProgramError) -> ConformanceReport {
    _ = try command.executable()
    let run = ProgramRun(command, limits: limits)
    let problem = run.start()
    let plan = plan(for: run.introduction)
    let asked = plan.filter { $0.reasonToSkip == nil }
    var replies: [Reply]
    if let problem {
      replies = asked.map { _ in .notAsked(problem) }
    } else {
      replies = run.ask(asked.map(\.request), until: isStopped, progress: progress)
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
      remarks: start + (run.introduction?.unknownOperations ?? []) + run.remarks + run.noise.remarks,
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
