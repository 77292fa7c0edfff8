import Foundation
import PropertyTesting
import Synchronization

/// Stops a run at control-C (SIGINT), so that what was found is reported, until ``end()``.
///
/// A plain signal handler, not a dispatch source: the handler runs at once, even where every thread of the pool is busy,
/// and where the shell that started the tool ignores the signal for its background jobs.
final class Interruption {
  /// The address of the run that the handler stops; 0 for none.
  ///
  /// The handler may only do what is safe at any moment: it reads this address and stores one atomic flag.
  private static let current = Atomic<UInt>(0)

  private let run: CaseRun

  init(of run: CaseRun) {
    self.run = run
    Interruption.current.store(UInt(bitPattern: Unmanaged.passUnretained(run).toOpaque()), ordering: .releasing)
    signal(SIGINT) { _ in
      guard let run = UnsafeRawPointer(bitPattern: Interruption.current.load(ordering: .acquiring)) else { return }
      Unmanaged<CaseRun>.fromOpaque(run).takeUnretainedValue().stop()
    }
  }

  func end() {
    signal(SIGINT, SIG_DFL)
    Interruption.current.store(0, ordering: .releasing)
  }
}
