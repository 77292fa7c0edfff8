import ExactAlgebra
import PropertyTesting
import Students

/// What the synthetic experiment found: at every point the exact side and what simulated students showed.
public struct SyntheticFindings: Sendable {
  /// One point.
  public struct Entry: Sendable {
    /// The exact side.
    public let point: SyntheticExperiment.Point
    /// What students showed.
    public let measured: SyntheticMeasurement
  }

  /// What was done.
  public let experiment: SyntheticExperiment
  /// The points, in order; those before an interruption or a divergence.
  public let entries: [Entry]
  /// Why training ended the experiment; nil where it did not.
  public let divergence: StudentError?
  /// Whether a run was stopped.
  public let wasStopped: Bool

  /// Which comparisons are out of tolerance.
  public var failures: [String] {
    entries.flatMap { entry in
      entry.measured.failures.map { "\(entry.point.sweep.rawValue) \(entry.point.parameter): \($0)" }
    }
  }

  /// Whether simulated students agree with the closed forms, and training came to an end.
  public var isOK: Bool { failures.isEmpty && divergence == nil }

  /// The points at which the CCH says no and distillation helps for small λ.
  public var missed: [SyntheticExperiment.Point] { entries.map(\.point).filter { !$0.predicts && $0.helps } }

  /// The points at which the CCH says yes and every λ > 0 hurts.
  public var wrong: [SyntheticExperiment.Point] { entries.map(\.point).filter { $0.predicts && !$0.helps } }

  /// At how many points the CCH and the exact verdict for small λ agree.
  public var agreements: Int { entries.count - missed.count - wrong.count }

  /// At how many points the CCH is wrong about a fixed λ: yes and no gain, no and a gain; exactly.
  public func errors(at lambda: Rational) -> (noGain: Int, gain: Int) {
    let points = entries.map(\.point)
    return (
      points.filter { $0.predicts && $0.change(lambda).signum >= 0 }.count,
      points.filter { !$0.predicts && $0.change(lambda).signum < 0 }.count
    )
  }
}

extension SyntheticExperiment {
  /// Carries the whole experiment out, as `cch experiment synthetic` does it: the same seed gives the same findings for any number
  /// of threads, whether points are recorded or not.
  ///
  /// - Parameters:
  ///   - record: points that are there are taken from it, others added to it.
  ///   - willBegin: gets the number of each point, from 1, and the point.
  ///   - willRun: gets each run before it begins, to watch or stop it; stopping one ends the experiment.
  /// - Throws: `StudentError` for settings that cannot be simulated, ``ExperimentError`` where the record cannot be written.
  public func findings(
    seed: UInt64, threads: Int, record: SyntheticRecord? = nil, willBegin: (Int, Point) -> Void = { _, _ in },
    willRun: (CaseRun) -> Void = { _ in }
  ) async throws -> SyntheticFindings {
    var (entries, divergence, wasStopped) = ([SyntheticFindings.Entry](), StudentError?.none, false)
    let places = Sweep.allCases.flatMap { sweep in sweep.parameters.map { (sweep, $0) } }
    do {
      for (index, (sweep, parameter)) in places.enumerated() where !wasStopped {
        let point = try point(sweep, parameter)
        willBegin(index + 1, point)
        if let recorded = record?.measurement(at: point) {
          entries.append(.init(point: point, measured: recorded))
          continue
        }
        let run = RiskStudy.run(replicates: replicates)
        willRun(run)
        var streams = RandomSource(seed: seed, index: UInt64(index))
        let result = try await result(point, run, threads: threads, seed: streams.next())
        let measured = SyntheticMeasurement(result, trained: training.method.rawValue)
        entries.append(.init(point: point, measured: measured))
        wasStopped = run.wasStopped
        if !wasStopped { try record?.add(measured, at: point) }
      }
    } catch let error as StudentError {
      guard case .diverged = error else { throw error }
      divergence = error
    }
    return SyntheticFindings(
      experiment: self, entries: entries, divergence: divergence, wasStopped: wasStopped)
  }
}
