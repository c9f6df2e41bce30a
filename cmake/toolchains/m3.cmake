set(MICA_CPU -mcpu=cortex-m3)
set(MICA_MACHINE mps2-an385)
set(MICA_MEMORY mps2)
include(${CMAKE_CURRENT_LIST_DIR}/cortex_m.cmake)
