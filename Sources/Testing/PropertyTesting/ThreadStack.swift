// SPDX-License-Identifier: MIT

import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The stacks of a thread that runs cases: where its own ends, and one for signals, which a thread does not have by itself.
enum ThreadStack {
  private static let size = 128 << 10

  /// What belongs to a thread, until it ends.
  private struct Own {
    /// The lowest address of its stack.
    let lowest: UInt
    /// Its stack for signals; nil where it had one.
    let signals: UnsafeMutableRawPointer?
  }

  private static let key: pthread_key_t = {
    var key = pthread_key_t()
    pthread_key_create(&key) { memory in
      #if canImport(Darwin)
        let own = memory.assumingMemoryBound(to: Own.self)
      #else
        guard let own = memory?.assumingMemoryBound(to: Own.self) else { return }
      #endif
      if let signals = own.pointee.signals {
        var none = stack_t()
        none.ss_flags = Int32(SS_DISABLE)
        sigaltstack(&none, nil)
        signals.deallocate()
      }
      own.deallocate()
    }
    return key
  }()

  /// Makes what this thread lacks; the second time it has nothing to do.
  static func prepare() {
    guard pthread_getspecific(key) == nil else { return }
    var earlier = stack_t()
    sigaltstack(nil, &earlier)
    var signals: UnsafeMutableRawPointer?
    if earlier.ss_flags & Int32(SS_DISABLE) != 0 {
      let memory = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16)
      var new = stack_t()
      (new.ss_sp, new.ss_size) = (memory, size)
      if sigaltstack(&new, nil) == 0 { signals = memory } else { memory.deallocate() }
    }
    let own = UnsafeMutablePointer<Own>.allocate(capacity: 1)
    own.initialize(to: Own(lowest: lowest, signals: signals))
    pthread_setspecific(key, own)
  }

  /// Whether an access to `address` means that this thread's stack was full.
  static func isBelow(_ address: UInt) -> Bool {
    guard let own = pthread_getspecific(key)?.assumingMemoryBound(to: Own.self), own.pointee.lowest > 0 else {
      return false
    }
    // A frame may reach far beyond the end, and the pages before it may be the guard's.
    return address < own.pointee.lowest + 64 << 10 && address + 4 << 20 > own.pointee.lowest
  }

  /// The lowest address of this thread's stack; 0 where it is not known.
  private static var lowest: UInt {
    #if canImport(Darwin)
      let thread = pthread_self()
      return UInt(bitPattern: pthread_get_stackaddr_np(thread)) - UInt(pthread_get_stacksize_np(thread))
    #else
      // The module of the C library leaves it out, so that it is asked for by name, with the type that its manual gives.
      typealias Ask = @convention(c) (pthread_t, UnsafeMutablePointer<pthread_attr_t>) -> Int32
      guard let function = dlsym(nil, "pthread_getattr_np") else { return 0 }
      var attributes = pthread_attr_t()
      guard unsafeBitCast(function, to: Ask.self)(pthread_self(), &attributes) == 0 else { return 0 }
      defer { pthread_attr_destroy(&attributes) }
      var (start, size) = (UnsafeMutableRawPointer?.none, 0)
      return pthread_attr_getstack(&attributes, &start, &size) == 0 ? UInt(bitPattern: start) : 0
    #endif
  }
}
