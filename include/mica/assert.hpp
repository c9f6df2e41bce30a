// MICA_ASSERT(condition): a mistake of the caller, checked only where the user defines it before including Mica, for
// instance as assert. Data from outside is never checked this way; it gets a Status.
#pragma once

#ifndef MICA_ASSERT
#define MICA_ASSERT(condition) static_cast<void>(0)
#endif
