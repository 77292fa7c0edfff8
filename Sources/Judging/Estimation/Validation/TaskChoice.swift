// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import LineProtocol

/// A pattern of ids that fits no task.
public struct NoSuchTasks: Error, Equatable, CustomStringConvertible {
  /// The pattern.
  public let pattern: String

  /// "1v2-*: matches no task".
  public var description: String { "\(pattern): matches no task" }
}

extension EstimationTask {
  /// Whether the id matches a shell pattern, in which `*` stands for any text, `?` for a character and `[…]` for one of several.
  public func matches(_ pattern: String) -> Bool { fnmatch(pattern, id, 0) == 0 }

  /// Whether an estimator that takes at most `dimension` columns a side takes the task.
  func fits(_ dimension: Int) -> Bool { max(xDimension, yDimension) <= dimension }
}

extension Validation.Settings {
  /// Chooses the tasks of an estimator of this ``family`` and ``dimension``, which are set before.
  ///
  /// Tasks of the gate are judged; what is chosen beyond them is only reported. Whoever names tasks of an estimator for any
  /// density gets them, those with classes and counts too.
  ///
  /// - Parameters:
  ///   - pattern: only tasks whose id matches; nil for all of the gate.
  ///   - whole: whether the published benchmark, and what else suits the family, is reported as well.
  /// - Throws: ``NoSuchTasks`` where the pattern fits no task at all.
  public mutating func choose(_ pattern: String?, whole: Bool) throws(NoSuchTasks) {
    let (family, dimension) = (family, dimension)
    guard let pattern else {
      (matches, reported) = ({ _ in true }, [])
      if whole {
        reported = (EstimationTask.benchmark + EstimationTask.mixed.filter { $0.suits(family) }).filter {
          $0.fits(dimension)
        }
      }
      return
    }
    let named = EstimationTask.all.filter { $0.matches(pattern) }
    guard !named.isEmpty else { throw NoSuchTasks(pattern: pattern) }
    matches = { $0.matches(pattern) }
    reported = named.filter { $0.fits(dimension) && ($0.suits(family) || family == .any || whole) }
  }
}

extension Validation {
  /// The whole judgement of an estimator: it is started, asked for every estimate and ended.
  ///
  /// - Parameters:
  ///   - threads: how many samples are asked about at the same time; the samples do not depend on it.
  ///   - makeRespondent: makes a respondent; at most one for each thread.
  /// - Throws: `StartError` where it cannot be started, or ends at once whatever it is asked.
  public func report(
    threads: Int, makeRespondent: @escaping @Sendable () -> any Respondent
  ) async throws(StartError) -> ValidationReport {
    let pool = RespondentPool(makeRespondent)
    do throws(StartError) { try prepare(pool) } catch {
      _ = pool.finish()
      throw error
    }
    let answers = await answers(run(), threads: threads, pool)
    return report(answers, conduct: pool.finish())
  }
}
