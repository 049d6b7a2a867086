// Trampolines between DuckDB's vectors and the Go kernels. Each makes one call
// into Go for a chunk, and no call from Go back into C is needed meanwhile but
// for the memory of long strings.
#include "bridge.h"
#include "_cgo_export.h"

#include <stdlib.h>
#include <string.h>

enum { BLOCK_SIZE = 32 * 1024, INLINE_LENGTH = 12 };

// dhow_alloc returns memory that lives until the output is written.
void *dhow_alloc(dhow_output *out, size_t size) {
	dhow_block *block = malloc(sizeof(dhow_block) + size);
	if (!block) {
		return NULL;
	}
	block->next = out->blocks;
	out->blocks = block;
	return block + 1;
}

typedef struct {
	uint32_t length;
	char prefix[4];
	char *text; // only of strings longer than INLINE_LENGTH
} string_view;

// mark_nulls clears the bits of NULL rows in a vector's validity. Bits of nulls
// behind row n are 0.
static void mark_nulls(const uint64_t *nulls, uint64_t *valid, uint64_t offset, uint64_t n) {
	uint64_t shift = offset & 63;
	valid += offset >> 6;
	for (uint64_t w = 0; w * 64 < n; w++) {
		if (!nulls[w]) {
			continue;
		}
		valid[w] &= ~(nulls[w] << shift);
		if (shift && nulls[w] >> (64 - shift)) {
			valid[w + 1] &= ~(nulls[w] >> (64 - shift));
		}
	}
}

// dhow_write_output marks the NULL rows and gives long strings to the vector.
// Rows of the output begin at offset in the vector; out->data is theirs.
void dhow_write_output(dhow_output *out, void *vector, uint64_t offset, uint64_t n, bool text) {
	if (out->dirty) {
		duckdb_vector_ensure_validity_writable(vector);
		mark_nulls(out->nulls, duckdb_vector_get_validity(vector), offset, n);
	}
	if (text && out->longs) {
		string_view *strings = out->data;
		for (uint64_t i = 0; i < n; i++) {
			bool null = out->nulls[i >> 6] >> (i & 63) & 1;
			if (!null && strings[i].length > INLINE_LENGTH) {
				duckdb_vector_assign_string_element_len(vector, offset + i, strings[i].text, strings[i].length);
			}
		}
	}
	while (out->blocks) {
		dhow_block *next = out->blocks->next;
		free(out->blocks);
		out->blocks = next;
	}
}

// --- scalar functions ---

// dhow_scalar_begin is called on each thread of a query before dhow_scalar.
void dhow_scalar_begin(void *info) {
	void *context = NULL;
	duckdb_scalar_function_init_get_client_context(info, &context);
	uint64_t connection = duckdb_client_context_get_connection_id(context);
	duckdb_destroy_client_context(&context);
	char *error = dhowBegin((uintptr_t)duckdb_scalar_function_init_get_extra_info(info), connection);
	if (error) {
		duckdb_scalar_function_init_set_error(info, error);
		free(error);
	}
}

void dhow_scalar(void *info, void *input, void *output) {
	dhow_call call;
	call.kernel = (uintptr_t)duckdb_scalar_function_get_extra_info(info);
	call.n = duckdb_data_chunk_get_size(input);
	call.nargs = duckdb_data_chunk_get_column_count(input);
	for (uint64_t a = 0; a < call.nargs; a++) {
		void *vector = duckdb_data_chunk_get_vector(input, a);
		call.args[a].data = duckdb_vector_get_data(vector);
		call.args[a].valid = duckdb_vector_get_validity(vector);
	}
	memset(&call.out, 0, sizeof call.out);
	call.out.data = duckdb_vector_get_data(output);
	call.vector = output;
	call.error = NULL;
	bool text = dhowScalar(&call);
	if (call.error) {
		duckdb_scalar_function_set_error(info, call.error);
		free(call.error);
		call.out.dirty = call.out.longs = 0;
	}
	dhow_write_output(&call.out, output, 0, call.n, text);
}

// --- aggregates: a state collects all rows of its group ---

// A state begins without memory of its own: with many groups DuckDB makes a
// state for almost every row, and combines them later.
enum { FEW = 3 };

typedef struct {
	uint32_t n, capacity; // in doubles; capacity FEW: they stand in the state
	union {
		double few[FEW];
		double *many;
	} in;
} state_t;

static double *rows_of(state_t *state) {
	return state->capacity == FEW ? state->in.few : state->in.many;
}

// The extra info of an aggregate is its kernel's number, with the number of
// arguments in the low bits.
static uint64_t columns_of(uintptr_t info) {
	return info & 7;
}

uint64_t dhow_state_size(void *info) {
	return sizeof(state_t);
}

void dhow_state_init(void *info, void *memory) {
	state_t *state = memory;
	state->n = 0;
	state->capacity = FEW;
}

static bool reserve(state_t *state, uint64_t more) {
	uint64_t need = state->n + more;
	if (need <= state->capacity) {
		return true;
	}
	uint64_t capacity = state->capacity == FEW ? 4 * FEW : (uint64_t)state->capacity * 2;
	while (capacity < need) {
		capacity *= 2;
	}
	if (capacity > UINT32_MAX) {
		return false; // more than 16 GiB in one group
	}
	bool few = state->capacity == FEW;
	double *rows = realloc(few ? NULL : state->in.many, capacity * sizeof(double));
	if (!rows) {
		return false;
	}
	if (few) {
		memcpy(rows, state->in.few, state->n * sizeof(double));
	}
	state->in.many = rows;
	state->capacity = (uint32_t)capacity;
	return true;
}

static const char *const out_of_memory = "out of memory while collecting the values of a group";

static bool all_valid(const uint64_t *valid, uint64_t n) {
	if (!valid) {
		return true;
	}
	for (uint64_t w = 0; w < n / 64; w++) {
		if (~valid[w]) {
			return false;
		}
	}
	uint64_t rest = n & 63;
	return !rest || !(~valid[n / 64] & ((UINT64_C(1) << rest) - 1));
}

// one_state reports whether all rows of a chunk are of one group.
static bool one_state(void **states, uint64_t n) {
	uintptr_t other = 0;
	for (uint64_t i = 0; i < n; i++) {
		other |= (uintptr_t)states[i] ^ (uintptr_t)states[0];
	}
	return n > 0 && !other;
}

void dhow_state_update(void *info, void *input, void **states) {
	uint64_t cols = columns_of((uintptr_t)duckdb_aggregate_function_get_extra_info(info));
	uint64_t n = duckdb_data_chunk_get_size(input);
	double *data[DHOW_MAX_ARGS];
	uint64_t *valid[DHOW_MAX_ARGS];
	for (uint64_t c = 0; c < cols; c++) {
		void *vector = duckdb_data_chunk_get_vector(input, c);
		data[c] = duckdb_vector_get_data(vector);
		valid[c] = duckdb_vector_get_validity(vector);
	}
	if (cols == 1 && all_valid(valid[0], n) && one_state(states, n)) {
		state_t *state = states[0];
		if (state->n + n > state->capacity && !reserve(state, n)) {
			duckdb_aggregate_function_set_error(info, out_of_memory);
			return;
		}
		memcpy(rows_of(state) + state->n, data[0], n * sizeof(double));
		state->n += n;
		return;
	}
	for (uint64_t i = 0; i < n; i++) {
		bool null = false;
		for (uint64_t c = 0; c < cols; c++) {
			null |= valid[c] && !(valid[c][i >> 6] >> (i & 63) & 1);
		}
		if (null) {
			continue;
		}
		state_t *state = states[i];
		if (state->n + cols > state->capacity && !reserve(state, cols)) {
			duckdb_aggregate_function_set_error(info, out_of_memory);
			return;
		}
		double *rows = rows_of(state);
		for (uint64_t c = 0; c < cols; c++) {
			rows[state->n++] = data[c][i];
		}
	}
}

// A source is copied, not taken over: windows combine it many times.
void dhow_state_combine(void *info, void **source, void **target, uint64_t count) {
	for (uint64_t i = 0; i < count; i++) {
		state_t *from = source[i], *to = target[i];
		if (!from->n) {
			continue;
		}
		if (!reserve(to, from->n)) {
			duckdb_aggregate_function_set_error(info, out_of_memory);
			return;
		}
		memcpy(rows_of(to) + to->n, rows_of(from), from->n * sizeof(double));
		to->n += from->n;
	}
}

void dhow_state_finalize(void *info, void **source, void *result, uint64_t count, uint64_t offset) {
	uintptr_t extra = (uintptr_t)duckdb_aggregate_function_get_extra_info(info);
	dhow_groups *groups = malloc(sizeof *groups);
	if (!groups) {
		duckdb_aggregate_function_set_error(info, out_of_memory);
		return;
	}
	groups->kernel = extra >> 3;
	groups->cols = columns_of(extra);
	for (uint64_t from = 0; from < count; from += DHOW_VECTOR_SIZE) {
		groups->n = count - from < DHOW_VECTOR_SIZE ? count - from : DHOW_VECTOR_SIZE;
		for (uint64_t i = 0; i < groups->n; i++) {
			state_t *state = source[from + i];
			groups->rows[i] = rows_of(state);
			groups->counts[i] = state->n / groups->cols;
		}
		memset(&groups->out, 0, sizeof groups->out);
		groups->out.data = (char *)duckdb_vector_get_data(result) + (offset + from) * dhowResultWidth(groups->kernel);
		groups->vector = result;
		groups->offset = offset + from;
		groups->error = NULL;
		bool text = dhowAggregate(groups);
		if (groups->error) {
			duckdb_aggregate_function_set_error(info, groups->error);
			free(groups->error);
			groups->out.dirty = groups->out.longs = 0;
		}
		dhow_write_output(&groups->out, result, offset + from, groups->n, text);
	}
	free(groups);
}

void dhow_state_destroy(void **states, uint64_t count) {
	for (uint64_t i = 0; i < count; i++) {
		state_t *state = states[i];
		if (state->capacity != FEW) {
			free(state->in.many);
		}
		dhow_state_init(NULL, state);
	}
}

// --- names of the columns of COPY ---

// DuckDB 1.5 gives a COPY function the types of the columns but not their
// names, though it holds them: the fourth pointer behind the handle is its
// std::vector<std::string>. dhow_copy_name reads one name there, and gives a
// NULL text if what it finds doesn't look like a vector of count strings.
void dhow_copy_name(void *info, uint64_t count, uint64_t column, const char **text, uint64_t *len) {
	typedef struct {
		char *begin, *end, *capacity;
	} vector_t;
	*text = NULL;
	*len = 0;
	const vector_t *names = ((const vector_t **)info)[3];
#if defined(__APPLE__)
	enum { STRING_SIZE = 24 };
#else
	enum { STRING_SIZE = 32 };
#endif
	if (!names || !names->begin || (uint64_t)(names->end - names->begin) != count * STRING_SIZE) {
		return;
	}
	const char *s = names->begin + column * STRING_SIZE;
#if defined(__APPLE__) && defined(__aarch64__)
	bool is_long = (unsigned char)s[23] & 0x80; // libc++, alternate layout
	*text = is_long ? *(const char *const *)s : s;
	*len = is_long ? *(const uint64_t *)(s + 8) : (unsigned char)s[23];
#elif defined(__APPLE__)
	bool is_long = s[0] & 1; // libc++
	*text = is_long ? *(const char *const *)(s + 16) : s + 1;
	*len = is_long ? *(const uint64_t *)(s + 8) : (unsigned char)s[0] >> 1;
#else
	*text = *(const char *const *)s; // libstdc++
	*len = *(const uint64_t *)(s + 8);
#endif
}
